package org.phasemap.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;

/** Rows of numbers, each with the name of its class, as a table's reader finds them. */
final class Table {
  private static final int MOST_CLASSES = 1000;
  private static final int MOST_NUMBERS = 1 << 29;
  private static final String NO_CLASS = "all";

  private final String file;
  private final List<String> columns;
  private final List<String> labels = new ArrayList<>();
  private float[] features = new float[1024];
  private int size;

  /**
   * An empty table.
   *
   * @param columns names of the numeric ones
   */
  Table(String file, List<String> columns) {
    this.file = file;
    this.columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new UserException(file + ": has no numeric column; expected at least one");
    }
  }

  /**
   * The index of the label's column.
   *
   * @return −1 where there is no label
   */
  static int labelColumn(String file, List<String> columns, @Nullable String label) {
    if (label != null && !columns.contains(label)) {
      throw new UserException(
          String.format(
              "%s: has no column '%s'; expected one of %s",
              file, label, columns.stream().limit(20).collect(Collectors.joining(", "))));
    }
    return label == null ? -1 : columns.indexOf(label);
  }

  /**
   * Adds a number of the current row.
   *
   * @param row where it stands, for messages
   */
  void add(double number, long row) {
    float x = (float) number;
    if (!Float.isFinite(x)) {
      throw wrong(row, size % columns.size(), "is " + number + "; expected a finite number");
    }
    if (size == MOST_NUMBERS) {
      throw new UserException(file + ": is too large; expected at most " + size + " numbers");
    }
    if (size == features.length) {
      features = Arrays.copyOf(features, 2 * size);
    }
    features[size++] = x;
  }

  /** Ends a row. */
  void endRow(@Nullable String label) {
    labels.add(label == null ? NO_CLASS : label);
  }

  /** A mistake in a numeric column of a row. */
  UserException wrong(long row, int column, String problem) {
    return new UserException(
        String.format("%s:%d: column %s %s", file, row, columns.get(column), problem));
  }

  /** Every fifth row is a test example. */
  DataSet split(String name) {
    List<String> classes = classes(labels);
    Examples raw = examples(classes);
    return scaled(name, classes, Split.training(raw), Split.test(raw));
  }

  /** With another table's rows as test examples. */
  DataSet with(Table test, String name) {
    if (!columns.equals(test.columns)) {
      throw new UserException(
          String.format(
              "%s: its columns are not those of %s; expected %s",
              test.file, file, columns.stream().limit(20).collect(Collectors.joining(", "))));
    }
    List<String> all = new ArrayList<>(labels);
    all.addAll(test.labels);
    List<String> classes = classes(all);
    return scaled(name, classes, examples(classes), test.examples(classes));
  }

  private static DataSet scaled(String name, List<String> classes, Examples train, Examples test) {
    Scaling scaling = Scaling.ofEach(train.features(), train.dimension());
    scaling.apply(train.features());
    scaling.apply(test.features());
    return new DataSet(name, classes, train, test);
  }

  private Examples examples(List<String> classes) {
    if (labels.isEmpty()) {
      throw new UserException(file + ": has no rows; expected at least one");
    }
    Map<String, Integer> numbers =
        IntStream.range(0, classes.size()).boxed().collect(Collectors.toMap(classes::get, i -> i));
    int[] numbered = new int[labels.size()];
    Arrays.setAll(numbered, j -> numbers.getOrDefault(labels.get(j), -1));
    return new Examples(columns.size(), Arrays.copyOf(features, size), numbered);
  }

  /** Whole numbers in their order, before other texts in theirs. */
  private List<String> classes(List<String> of) {
    Set<String> classes =
        new TreeSet<>(
            Comparator.comparingLong(Table::whole).thenComparing(Comparator.naturalOrder()));
    classes.addAll(of);
    if (classes.size() > MOST_CLASSES) {
      throw new UserException(
          String.format(
              "%s: the label has %d different values; expected at most %d classes",
              file, classes.size(), MOST_CLASSES));
    }
    return List.copyOf(classes);
  }

  private static long whole(String label) {
    return label.matches("-?[0-9]{1,18}") ? Long.parseLong(label) : Long.MAX_VALUE;
  }
}
