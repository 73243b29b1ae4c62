package org.phasemap.query.netcdf;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file in netCDF's classic format, which every reader of netCDF knows: the header, then
 * the values of one variable after the other, in the order in which they were declared.
 *
 * <p>No library does it: those of UCAR are not on Maven Central.
 */
public final class NetcdfFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final DataOutputStream out;
  private final Iterator<NetcdfVariable> left;

  /**
   * Creates a file.
   *
   * @param attributes text about all of it
   * @param variables all that it will hold; dimensions of one name are equal
   */
  public NetcdfFile(Path file, Map<String, String> attributes, List<NetcdfVariable> variables)
      throws IOException {
    this.left = List.copyOf(variables).iterator();
    this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    out.write(new NetcdfHeader(attributes, variables).bytes());
  }

  /**
   * The values of the next variable, the last dimension's fastest.
   *
   * @param values numbers or text; null where there is none
   * @throws IllegalArgumentException if there are more or fewer than it has elements, or a text is
   *     longer than its last dimension
   */
  public void put(@Nullable Object[] values) throws IOException {
    NetcdfVariable variable = left.next();
    List<NetcdfDimension> dimensions = variable.dimensions();
    boolean isText = variable.kind() == NetcdfVariable.Kind.TEXT;
    int letters = isText ? dimensions.get(dimensions.size() - 1).length() : 1;
    if ((long) values.length * letters != variable.size()) {
      throw new IllegalArgumentException(
          variable.name() + ": " + values.length + " values are not what it holds");
    }
    for (Object value : values) {
      switch (variable.kind()) {
        case TEXT -> letters(value == null ? "" : value.toString(), letters);
        case WHOLE ->
            out.writeInt(
                value == null
                    ? NetcdfVariable.NO_WHOLE
                    : Math.toIntExact(((Number) value).longValue()));
        case REAL -> out.writeDouble(value == null ? Double.NaN : ((Number) value).doubleValue());
      }
    }
    out.write(new byte[(int) (variable.padded() - variable.size() * variable.kind().bytes())]);
  }

  /** Bytes of UTF-8, and zeros behind them. */
  private void letters(String text, int letters) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > letters) {
      throw new IllegalArgumentException(text + ": is longer than " + letters + " bytes");
    }
    out.write(bytes);
    out.write(new byte[letters - bytes.length]);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
