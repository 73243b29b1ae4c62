package org.phasemap.store.parquet;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.table.Column;

/**
 * A number that tells whether a file has the rows that were given to it: the sum, modulo 2⁶⁴, of a
 * hash of each row. Rows may stand in any order, and their columns too; a row that is there twice
 * counts twice. The sum of several files is that of the file that they are merged to.
 *
 * <p>A row's hash is that of its values by the names of their columns; a column without a value
 * adds nothing, so a file may leave it out. Doubles count by their bits. It guards against mistakes
 * of whoever writes or reads files, not against people who mean harm: SHA-256 is for those. Footers
 * keep it ({@link #FOOTER}), so the hash must stay what it is.
 */
final class RowSum {
  /** What a footer calls it. */
  static final String FOOTER = "rows_sum";

  /** Multipliers of SplitMix64 (Steele, Lea and Flood 2014). */
  private static final long ODD = 0xBF58476D1CE4E5B9L;

  private static final long LAST = 0x94D049BB133111EBL;

  /** Stands for a null in a list. */
  private static final long NULL = 0x9E3779B97F4A7C15L;

  private final long[] names;
  private long sum;

  /** Of no rows yet. */
  RowSum(List<Column> columns) {
    names = columns.stream().mapToLong(column -> mixed(text(column.name()))).toArray();
  }

  /** What a footer says, if it says so. */
  static OptionalLong in(Map<String, String> footer) {
    String sum = footer.get(FOOTER);
    return sum != null && sum.matches("[0-9a-f]{16}")
        ? OptionalLong.of(HexFormat.fromHexDigitsToLong(sum))
        : OptionalLong.empty();
  }

  void add(@Nullable Object[] row) {
    long hash = 0;
    for (int i = 0; i < names.length; i++) {
      Object value = row[i];
      if (value != null) {
        hash += mixed(names[i] + of(value));
      }
    }
    sum += mixed(hash);
  }

  long value() {
    return sum;
  }

  String text() {
    return HexFormat.of().toHexDigits(sum);
  }

  private static long of(Object value) {
    if (value instanceof NumberList<?> list) {
      return of(list.array());
    }
    if (value instanceof double[] numbers) {
      long hash = numbers.length;
      for (double number : numbers) {
        hash = next(hash, Double.doubleToRawLongBits(number));
      }
      return hash;
    }
    if (value instanceof int[] numbers) {
      long hash = numbers.length;
      for (int number : numbers) {
        hash = next(hash, number);
      }
      return hash;
    }
    if (value instanceof List<?> list) {
      long hash = list.size();
      for (Object element : list) {
        hash = next(hash, element == null ? NULL : scalar(element));
      }
      return hash;
    }
    return scalar(value);
  }

  private static long scalar(Object value) {
    if (value instanceof Double number) {
      return Double.doubleToRawLongBits(number);
    }
    return value instanceof String text ? text(text) : ((Number) value).longValue();
  }

  /** Strings keep their hash, and those of a column are mostly the same objects again. */
  private static long text(String text) {
    return ((long) text.length() << 32) ^ text.hashCode();
  }

  private static long next(long hash, long bits) {
    long both = (hash ^ bits) * ODD;
    return both ^ (both >>> 29);
  }

  private static long mixed(long bits) {
    long once = (bits ^ (bits >>> 30)) * ODD;
    long twice = (once ^ (once >>> 27)) * LAST;
    return twice ^ (twice >>> 31);
  }
}
