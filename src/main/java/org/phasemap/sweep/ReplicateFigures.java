package org.phasemap.sweep;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.Column;
import org.phasemap.store.RowReader;
import org.phasemap.store.Split;
import org.phasemap.store.Tables;
import scala.Tuple2;

/**
 * What {@code cells} needs of a measured network; small, since it goes from task to task.
 *
 * @param replicate number of the random network
 * @param status of the row
 * @param category of the row; null if it failed
 * @param values of {@link #NAMES}, NaN where null
 * @param configuration of the cell, with the first of its rows in a split; else empty
 */
record ReplicateFigures(
    int replicate,
    String status,
    @Nullable String category,
    double[] values,
    @Nullable Object[] configuration)
    implements Serializable {
  /** The scalars that are averaged. */
  static final List<String> NAMES =
      Stream.concat(Tables.AVERAGED.stream(), Tables.COMPARED.stream()).toList();

  /** The columns that say so. */
  static final List<Column> COLUMNS =
      Stream.of(
              Tables.configuration().stream(),
              Stream.of("replicate", "status", "category").map(Tables::replicatesColumn),
              NAMES.stream().map(Tables::replicatesColumn))
          .flatMap(columns -> columns)
          .toList();

  private static final @Nullable Object[] ABOVE = {};

  /** The rows of a part of a file, by cell. */
  static Iterator<Tuple2<String, ReplicateFigures>> read(Destination from, Split split)
      throws IOException {
    RowReader rows = from.open(split, COLUMNS);
    return new Iterator<>() {
      private String previous = "";

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Tuple2<String, ReplicateFigures> next() {
        @Nullable Object[] row = rows.next();
        String cell = (String) Objects.requireNonNull(row[0]);
        ReplicateFigures figures = of(row, cell.equals(previous) ? ABOVE : configuration(row));
        previous = cell;
        return new Tuple2<>(cell, figures);
      }
    };
  }

  private static @Nullable Object[] configuration(@Nullable Object[] row) {
    return Arrays.copyOf(row, Tables.configuration().size());
  }

  private static ReplicateFigures of(@Nullable Object[] row, @Nullable Object[] configuration) {
    int keys = Tables.configuration().size();
    double[] values = new double[NAMES.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row[keys + 3 + i] instanceof Number value ? value.doubleValue() : Double.NaN;
    }
    return new ReplicateFigures(
        (Integer) Objects.requireNonNull(row[keys]),
        (String) Objects.requireNonNull(row[keys + 1]),
        (String) row[keys + 2],
        values,
        configuration);
  }
}
