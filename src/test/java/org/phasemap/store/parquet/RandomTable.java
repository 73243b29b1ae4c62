package org.phasemap.store.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.table.Column;

/**
 * A table of random columns and rows, and limits of a file so low that its columns have several
 * pages, row groups and dictionaries that are full in the middle.
 */
record RandomTable(List<Column> columns, List<@Nullable Object[]> rows, Configuration limits) {
  private static final int MOST_COLUMNS = 7;
  private static final int MOST_ROWS = 2_000;

  /** Two quiet NaNs that differ, both zeros, what is smallest and largest. */
  private static final List<Double> ODD =
      List.of(
          Double.NaN,
          Double.longBitsToDouble(0xFFF8_0000_0000_0123L),
          0.0,
          -0.0,
          Double.MIN_VALUE,
          -Double.MAX_VALUE,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  private static final List<String> TEXTS =
      List.of("", "ä", "\uD83D\uDE00", "0", "x".repeat(700), "a|b\n\"");

  private static final List<Column.Type> TYPES = List.of(Column.Type.values());

  static RandomTable of(long seed) {
    Random random = new Random(seed);
    List<Column> columns = new ArrayList<>();
    List<IntFunction<@Nullable Object>> values = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_COLUMNS);
    for (int i = 0; i < count; i++) {
      Column.Type type = TYPES.get(random.nextInt(TYPES.size()));
      columns.add(new Column("c" + i, type, ""));
      values.add(values(type, random));
    }
    int size = random.nextInt(10) == 0 ? random.nextInt(3) : random.nextInt(MOST_ROWS);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      @Nullable Object[] cells = new Object[count];
      for (int i = 0; i < count; i++) {
        cells[i] = values.get(i).apply(row);
      }
      rows.add(cells);
    }
    Configuration limits = new Configuration(false);
    long groups = random.nextBoolean() ? 1L << 20 : 1L << (9 + random.nextInt(8));
    limits.setLong(Layout.GROUP, groups);
    limits.setInt(Layout.PAGE, 1 << (6 + random.nextInt(9)));
    limits.setInt(Layout.PAGE_ROWS, 1 + random.nextInt(2_000));
    limits.setInt(Layout.DICTIONARY, 1 << (8 + random.nextInt(3)));
    return new RandomTable(columns, rows, limits);
  }

  /** Nulls apart, a column repeats few values, has ever new ones, or first this and then that. */
  private static IntFunction<@Nullable Object> values(Column.Type type, Random random) {
    int few = 1 + random.nextInt(20);
    int repeated = 1 + random.nextInt(10);
    int changes = random.nextInt(MOST_ROWS / 2);
    double nulls = random.nextBoolean() ? 0 : random.nextDouble();
    return row -> {
      if (random.nextDouble() < nulls) {
        return null;
      }
      int which = row < changes ? row % few : row / repeated;
      return switch (type) {
        case STRING, INT, LONG, DOUBLE -> scalar(type, which, random);
        case INT_LIST, DOUBLE_LIST -> list(type, which, random);
      };
    };
  }

  private static Object scalar(Column.Type type, int which, Random random) {
    boolean odd = random.nextInt(20) == 0;
    return switch (type) {
      case STRING -> odd ? TEXTS.get(random.nextInt(TEXTS.size())) : String.format("%08x", which);
      case LONG -> odd ? random.nextLong() : (Object) (long) which;
      case INT, INT_LIST -> odd ? random.nextInt() : (Object) which;
      case DOUBLE, DOUBLE_LIST ->
          odd ? ODD.get(random.nextInt(ODD.size())) : (Object) (which - 0.1);
    };
  }

  /** As rows have them: an array, a list of an array as it was read, or with nulls among them. */
  private static Object list(Column.Type type, int which, Random random) {
    int size = random.nextInt(4) == 0 ? 0 : random.nextInt(8);
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(scalar(type, which + i, random));
    }
    boolean whole = type == Column.Type.INT_LIST;
    return switch (random.nextInt(3)) {
      case 0 -> withNulls(list, random);
      case 1 -> whole ? ints(list) : doubles(list);
      default -> whole ? NumberList.of(ints(list)) : NumberList.of(doubles(list));
    };
  }

  private static List<@Nullable Object> withNulls(List<@Nullable Object> list, Random random) {
    for (int i = 0; i < list.size(); i++) {
      if (random.nextInt(5) == 0) {
        list.set(i, null);
      }
    }
    return list;
  }

  private static int[] ints(List<@Nullable Object> list) {
    return list.stream().mapToInt(value -> ((Number) value).intValue()).toArray();
  }

  private static double[] doubles(List<@Nullable Object> list) {
    return list.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }

  /** The rows, so that equal ones have equal bits. */
  List<List<@Nullable Object>> bits() {
    return rows.stream().map(RandomTable::bits).toList();
  }

  /** A row whose doubles are their bits, and whose lists are lists. */
  static List<@Nullable Object> bits(@Nullable Object[] row) {
    List<@Nullable Object> bits = new ArrayList<>();
    for (Object value : row) {
      bits.add(bits(value));
    }
    return bits;
  }

  private static @Nullable Object bits(@Nullable Object value) {
    if (value instanceof Double number) {
      return Double.doubleToRawLongBits(number);
    }
    if (value instanceof int[] array) {
      return Arrays.stream(array).boxed().toList();
    }
    if (value instanceof double[] array) {
      return Arrays.stream(array).mapToObj(Double::doubleToRawLongBits).toList();
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> bits = new ArrayList<>();
      list.forEach(element -> bits.add(bits(element)));
      return bits;
    }
    return value;
  }
}
