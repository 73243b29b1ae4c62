package org.phasemap.sweep;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Quantity;
import org.phasemap.store.Column;
import org.phasemap.store.RowReader;
import org.phasemap.store.Split;
import org.phasemap.store.Tables;
import scala.Tuple2;

/**
 * What {@code cells} needs of the networks of a cell that stand together in a file; few objects,
 * since they go from task to task and Spark estimates their size time and again.
 *
 * @param configuration the cell's columns, in order
 * @param measured rows
 * @param failed rows
 * @param categories of rows
 * @param replicates numbers of the random networks
 * @param values of {@link #AVERAGED}, for one network after the other; NaN where null
 */
record ReplicateFigures(
    @Nullable Object[] configuration,
    long measured,
    long failed,
    Categories categories,
    int[] replicates,
    double[] values)
    implements Serializable {
  /** What is averaged. */
  static final List<Quantity> AVERAGED =
      Quantity.ALL.stream().filter(Quantity::isAveraged).toList();

  /** The columns that say so. */
  static final List<Column> COLUMNS =
      Stream.of(
              Tables.configuration().stream(),
              Stream.of("replicate", "status", "category").map(Tables::replicatesColumn),
              AVERAGED.stream().map(Quantity::column).map(Tables::replicatesColumn))
          .flatMap(columns -> columns)
          .toList();

  private static final int KEYS = Tables.configuration().size();

  /** The rows of a part of a file, by cell; a cell may come more than once. */
  static Iterator<Tuple2<String, ReplicateFigures>> read(Destination from, Split split)
      throws IOException {
    RowReader rows = from.open(split, COLUMNS);
    return new Iterator<>() {
      private @Nullable Object @Nullable [] next = row(rows);

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Tuple2<String, ReplicateFigures> next() {
        @Nullable Object[] first = next;
        if (first == null) {
          throw new NoSuchElementException();
        }
        String cell = (String) Objects.requireNonNull(first[0]);
        List<@Nullable Object[]> same = new ArrayList<>();
        for (; next != null && cell.equals(next[0]); next = row(rows)) {
          same.add(next);
        }
        return new Tuple2<>(cell, of(same));
      }
    };
  }

  private static @Nullable Object @Nullable [] row(RowReader rows) {
    return rows.hasNext() ? rows.next() : null;
  }

  private static ReplicateFigures of(List<@Nullable Object[]> rows) {
    double[] values = new double[rows.size() * AVERAGED.size()];
    for (int r = 0; r < rows.size(); r++) {
      for (int i = 0; i < AVERAGED.size(); i++) {
        values[r * AVERAGED.size() + i] =
            rows.get(r)[KEYS + 3 + i] instanceof Number value ? value.doubleValue() : Double.NaN;
      }
    }
    return new ReplicateFigures(
        Arrays.copyOf(rows.get(0), KEYS),
        count(rows, row -> Objects.equals(row[KEYS + 1], "measured")),
        count(rows, row -> Objects.equals(row[KEYS + 1], "failed")),
        new Categories(
            count(rows, row -> Objects.equals(row[KEYS + 2], "finite")),
            count(rows, row -> Objects.equals(row[KEYS + 2], "exploded")),
            count(rows, row -> Objects.equals(row[KEYS + 2], "vanished")),
            count(rows, row -> Objects.equals(row[KEYS + 2], "trained"))),
        rows.stream().mapToInt(row -> (Integer) Objects.requireNonNull(row[KEYS])).toArray(),
        values);
  }

  private static long count(
      List<@Nullable Object[]> rows, Predicate<@Nullable Object[]> condition) {
    return rows.stream().filter(condition).count();
  }
}
