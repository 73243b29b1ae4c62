package org.phasemap.query.netcdf;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The header of a file in netCDF's classic format with 64-bit offsets: lists of dimensions, of
 * attributes and of variables, with the place of each variable's bytes. All is big-endian, and
 * padded to four bytes (NetCDF Users Guide, appendix "File Format Specifications").
 */
final class NetcdfHeader {
  private static final byte[] MAGIC = {'C', 'D', 'F', 2};
  private static final int DIMENSIONS = 10;
  private static final int VARIABLES = 11;
  private static final int ATTRIBUTES = 12;

  /** What {@code vsize} says of a variable that is larger than it can say. */
  private static final long LARGE = 0xFFFFFFFFL;

  private final Map<String, String> attributes;
  private final List<NetcdfVariable> variables;
  private final List<NetcdfDimension> dimensions;

  NetcdfHeader(Map<String, String> attributes, List<NetcdfVariable> variables) {
    this.attributes = attributes;
    this.variables = variables;
    Set<NetcdfDimension> all = new LinkedHashSet<>();
    variables.forEach(variable -> all.addAll(variable.dimensions()));
    this.dimensions = List.copyOf(all);
  }

  /** Its bytes; the data of the first variable follow. */
  byte[] bytes() {
    // Where data begin depends on the header's length, which does not depend on where they do.
    return bytes(bytes(0).length);
  }

  private byte[] bytes(long dataBegin) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.writeInt(0); // Records: no dimension grows.
      list(out, DIMENSIONS, dimensions.size());
      for (NetcdfDimension dimension : dimensions) {
        text(out, dimension.name());
        out.writeInt(dimension.length());
      }
      attributes(out, attributes);
      list(out, VARIABLES, variables.size());
      long begin = dataBegin;
      for (NetcdfVariable variable : variables) {
        variable(out, variable, begin);
        begin += variable.padded();
      }
    } catch (IOException e) { // Memory has no errors.
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void variable(DataOutputStream out, NetcdfVariable variable, long begin)
      throws IOException {
    text(out, variable.name());
    out.writeInt(variable.dimensions().size());
    for (NetcdfDimension dimension : variable.dimensions()) {
      out.writeInt(dimensions.indexOf(dimension));
    }
    variableAttributes(out, variable);
    out.writeInt(variable.kind().code());
    out.writeInt((int) Math.min(variable.padded(), LARGE));
    out.writeLong(begin);
  }

  /** Those that it has, and what stands for no value. */
  private static void variableAttributes(DataOutputStream out, NetcdfVariable variable)
      throws IOException {
    list(out, ATTRIBUTES, variable.attributes().size() + (variable.hasFill() ? 1 : 0));
    attributeTexts(out, variable.attributes());
    if (variable.hasFill()) {
      text(out, "_FillValue");
      out.writeInt(variable.kind().code());
      out.writeInt(1);
      if (variable.kind() == NetcdfVariable.Kind.WHOLE) {
        out.writeInt(NetcdfVariable.NO_WHOLE);
      } else {
        out.writeDouble(Double.NaN);
      }
    }
  }

  private static void attributes(DataOutputStream out, Map<String, String> attributes)
      throws IOException {
    list(out, ATTRIBUTES, attributes.size());
    attributeTexts(out, attributes);
  }

  private static void attributeTexts(DataOutputStream out, Map<String, String> attributes)
      throws IOException {
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      text(out, attribute.getKey());
      out.writeInt(NetcdfVariable.Kind.TEXT.code());
      text(out, attribute.getValue());
    }
  }

  /** The head of a list: an empty one has another tag. */
  private static void list(DataOutputStream out, int tag, int elements) throws IOException {
    out.writeInt(elements == 0 ? 0 : tag);
    out.writeInt(elements);
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
    out.write(new byte[(4 - bytes.length % 4) % 4]);
  }
}
