package org.phasemap.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;

/** Rows of numbers, each with its label, as a table's reader finds them. */
final class Table {
  private static final int MOST_COLUMNS = 1 << 20;
  private static final int MOST_NUMBERS = 1 << 29;
  private static final int SHOWN_NAMES = 20;
  private static final double LARGEST_UNIT = 0x1p1000;
  private static final int EXACT_BITS = 53;
  private static final String NO_LABEL = "all";

  private final String file;
  private final List<String> columns;
  private final Classes classes;
  private final List<String> labels = new ArrayList<>();
  private double[] features = new double[1024];
  private long[] rows = new long[256];
  private int size;
  private boolean changed;

  /**
   * An empty table.
   *
   * @param columns names of the numeric ones
   */
  Table(String file, List<String> columns) {
    this.file = file;
    this.columns = List.copyOf(columns);
    classes = new Classes(file);
    if (columns.isEmpty()) {
      throw new UserException(file + ": has no numeric column; expected at least one");
    }
    if (columns.size() > MOST_COLUMNS) {
      throw new UserException(
          String.format(
              "%s: has %d numeric columns; expected at most %d",
              file, columns.size(), MOST_COLUMNS));
    }
  }

  /**
   * The index of the label's column.
   *
   * @return −1 where there is no label
   * @throws UserException if no column is called so, or two columns have one name
   */
  static int labelColumn(String file, List<String> columns, @Nullable String label) {
    Map<String, Integer> places = new HashMap<>();
    for (String column : columns) {
      if (places.putIfAbsent(column, places.size()) != null) {
        throw new UserException(
            file + ": two columns are called " + Shown.of(column) + "; expected one");
      }
    }
    if (label != null && !places.containsKey(label)) {
      throw new UserException(
          String.format(
              "%s: has no column '%s'; expected one of %s", file, label, names(columns.stream())));
    }
    return label == null ? -1 : places.getOrDefault(label, -1);
  }

  /**
   * Adds a number of the current row.
   *
   * @param row where it stands, for messages
   */
  void add(double number, long row) {
    if (!Double.isFinite(number)) {
      throw wrong(row, "is " + number + "; expected a finite number");
    }
    if (size == MOST_NUMBERS) {
      throw new UserException(file + ": is too large; expected at most " + size + " numbers");
    }
    if (size == features.length) {
      features = Arrays.copyOf(features, 2 * size);
    }
    changed |= (float) number != number;
    features[size++] = number;
  }

  /** Adds a whole number of the current row; one that is no double is refused. */
  void add(BigInteger whole, long row) {
    double number = whole.doubleValue();
    boolean exact =
        whole.bitLength() <= EXACT_BITS
            || (Double.isFinite(number) && new BigDecimal(number).toBigInteger().equals(whole));
    if (!exact) {
      throw wrong(
          row,
          String.format(
              "is %s, which no float64 is; expected whole numbers from -%d to %d, or others that"
                  + " float64 holds exactly",
              Shown.of(whole.toString()), 1L << EXACT_BITS, 1L << EXACT_BITS));
    }
    add(number, row);
  }

  /** Adds a decimal of the current row: the nearest double, or itself where it is whole. */
  void add(BigDecimal decimal, long row) {
    if (decimal.scale() == 0) {
      add(decimal.unscaledValue(), row);
    } else {
      add(decimal.doubleValue(), row);
    }
  }

  /** Says that versions before 6 of the tables read this table otherwise. */
  void markChanged() {
    changed = true;
  }

  /** Ends a row. */
  void endRow(@Nullable String label, long row) {
    if (labels.size() == rows.length) {
      rows = Arrays.copyOf(rows, 2 * rows.length);
    }
    rows[labels.size()] = row;
    labels.add(classes.add(label == null ? NO_LABEL : label));
  }

  /** A mistake in the next number of a row. */
  UserException wrong(long row, String problem) {
    return wrong(row, size % columns.size(), problem);
  }

  private UserException wrong(long row, int column, String problem) {
    return new UserException(
        String.format("%s:%d: column %s %s", file, row, Shown.of(columns.get(column)), problem));
  }

  /** Every fifth row is a test example. */
  DataSet split(String name) {
    return scaled(name, HeldOut.trainingRows(labels.size()), this, HeldOut.testRows(labels.size()));
  }

  /** With another table's rows as test examples. */
  DataSet with(Table test, String name) {
    if (!columns.equals(test.columns)) {
      throw new UserException(
          String.format(
              "%s: its columns are not those of %s; expected %s",
              test.file, file, names(columns.stream())));
    }
    int[] all = IntStream.range(0, labels.size()).toArray();
    return scaled(name, all, test, IntStream.range(0, test.labels.size()).toArray());
  }

  /** Whether versions before 6 of the tables got other examples from these files. */
  boolean isChangedWith(Table test) {
    return changed || test.changed || classes.areMergedWith(test.classes);
  }

  private DataSet scaled(String name, int[] trainRows, Table test, int[] testRows) {
    List<String> ordered = classes.inOrder();
    List<String> names = ordered.stream().map(classes::written).toList();
    RawExamples trained = examples(ordered).part(trainRows);
    RawExamples tested = test.examples(ordered).part(testRows);
    int unknown = trained.firstOfUnknownClass(tested);
    if (unknown >= 0) {
      int row = testRows[unknown];
      throw new UserException(
          String.format(
              "%s:%d: label '%s' is on no training example; expected one of %s",
              test.file,
              test.rows[row],
              Shown.of(test.classes.written(test.labels.get(row))),
              names(IntStream.of(trained.labels()).distinct().sorted().mapToObj(names::get))));
    }
    Scaling scaling = Scaling.ofEach(trained);
    scaling.checkChanging(file);
    checkLargeEnough(scaling);
    DataSet data = HeldOut.scaled(name, names, scaling, trained, tested);
    test.checkFinite(data.test().features(), testRows);
    return data;
  }

  private RawExamples examples(List<String> ordered) {
    if (labels.isEmpty()) {
      throw new UserException(file + ": has no rows; expected at least one");
    }
    Map<String, Integer> numbers =
        IntStream.range(0, ordered.size()).boxed().collect(Collectors.toMap(ordered::get, i -> i));
    int[] numbered = labels.stream().mapToInt(l -> numbers.getOrDefault(l, -1)).toArray();
    int n0 = columns.size();
    return new RawExamples(n0, numbered, (j, i) -> features[j * n0 + i]);
  }

  /** Near the least float64 numbers have fewer digits, so that differences are lost. */
  private void checkLargeEnough(Scaling scaling) {
    for (int i = 0; i < columns.size(); i++) {
      if (scaling.unit()[i] > LARGEST_UNIT) {
        throw new UserException(
            String.format(
                "%s: column %s has no number above 1e-301 in magnitude; expected larger ones, as in"
                    + " another unit",
                file, Shown.of(columns.get(i))));
      }
    }
  }

  private void checkFinite(float[] scaled, int[] testRows) {
    for (int at = 0; at < scaled.length; at++) {
      if (!Float.isFinite(scaled[at])) {
        int row = testRows[at / columns.size()];
        int column = at % columns.size();
        throw wrong(
            rows[row],
            column,
            String.format(
                Locale.ROOT,
                "is %s, which scaled as the training examples are no float32 is; expected less"
                    + " than 3e38 of their standard deviations from their mean",
                features[row * columns.size() + column]));
      }
    }
  }

  private static String names(Stream<String> of) {
    return of.limit(SHOWN_NAMES).map(Shown::of).collect(Collectors.joining(", "));
  }
}
