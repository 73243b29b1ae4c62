package org.phasemap.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.table.Column;

/**
 * A value of a row that is not what it was.
 *
 * @param column its name, with the place in a list, such as {@code profile_q[3]}, from 0; or {@code
 *     profile_q.length}
 * @param stored as committed
 * @param replayed as measured now
 */
public record RowDifference(String column, @Nullable Object stored, @Nullable Object replayed) {
  /**
   * How many float64 numbers lie between the two, one of them included; empty unless both are
   * numbers with a fraction. NaN has no place among them.
   */
  public String unitsInTheLastPlace() {
    if (stored instanceof Double a
        && replayed instanceof Double b
        && !Double.isNaN(a)
        && !Double.isNaN(b)) {
      long x = place(a);
      long y = place(b);
      return Long.toUnsignedString(Math.max(x, y) - Math.min(x, y));
    }
    return "";
  }

  /** The place of a float64 number among all of them; −0 and 0 are neighbours. */
  private static long place(double x) {
    long bits = Double.doubleToLongBits(x);
    return bits < 0 ? Long.MIN_VALUE - bits - 1 : bits;
  }

  /**
   * What two rows say of one replicate.
   *
   * @param values compared, entries of lists one by one
   * @param differences in the order of the columns
   */
  public record Comparison(long values, List<RowDifference> differences) {
    /** Compares the columns' values; numbers by their bits. */
    public static Comparison of(
        List<Column> columns,
        Map<String, @Nullable Object> stored,
        Map<String, @Nullable Object> replayed) {
      long values = 0;
      List<RowDifference> differences = new ArrayList<>();
      for (Column column : columns) {
        Object was = plain(stored.get(column.name()));
        Object is = plain(replayed.get(column.name()));
        if (was instanceof List<?> before && is instanceof List<?> now) {
          values += before.size();
          addEntries(column.name(), before, now, differences);
        } else {
          values++;
          if (!Objects.equals(was, is)) {
            differences.add(new RowDifference(column.name(), was, is));
          }
        }
      }
      return new Comparison(values, differences);
    }

    private static void addEntries(
        String column, List<?> before, List<?> now, List<RowDifference> differences) {
      if (before.size() != now.size()) {
        differences.add(new RowDifference(column + ".length", before.size(), now.size()));
      }
      for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
        if (!Objects.equals(before.get(i), now.get(i))) {
          differences.add(new RowDifference(column + "[" + i + "]", before.get(i), now.get(i)));
        }
      }
    }

    /** Arrays as the lists that files give; equal doubles have equal bits. */
    private static @Nullable Object plain(@Nullable Object value) {
      if (value instanceof double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
      }
      return value instanceof int[] numbers ? Arrays.stream(numbers).boxed().toList() : value;
    }
  }
}
