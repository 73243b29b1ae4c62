package org.phasemap.query.netcdf;

import java.util.List;
import java.util.Map;

/**
 * A variable of a netCDF file: an array over some of its dimensions.
 *
 * @param name as readers ask for it
 * @param kind of its numbers; text is an array of characters with a dimension more
 * @param dimensions the slowest first; none for a single value
 * @param attributes text about it, such as {@code units}
 */
public record NetcdfVariable(
    String name, Kind kind, List<NetcdfDimension> dimensions, Map<String, String> attributes) {
  /** What an element is. */
  public enum Kind {
    TEXT(2, 1),
    WHOLE(4, Integer.BYTES),
    REAL(6, Double.BYTES);

    private final int code;
    private final int bytes;

    Kind(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }

    int code() {
      return code;
    }

    int bytes() {
      return bytes;
    }
  }

  /** Stands for a missing whole number: netCDF's own {@code NC_FILL_INT}. */
  public static final int NO_WHOLE = -2_147_483_647;

  /** Whether elements may be missing: those of coordinates and of single values may not. */
  boolean hasFill() {
    return kind != Kind.TEXT && !dimensions.isEmpty() && !dimensions.get(0).name().equals(name);
  }

  /** Elements. */
  long size() {
    return dimensions.stream().mapToLong(NetcdfDimension::length).reduce(1, Math::multiplyExact);
  }

  /** Bytes in the file: variables begin at multiples of four. */
  long padded() {
    return (Math.multiplyExact(size(), kind.bytes()) + 3) / 4 * 4;
  }
}
