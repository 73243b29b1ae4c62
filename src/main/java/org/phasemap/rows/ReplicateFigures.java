package org.phasemap.rows;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.Quantity;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * What {@code cells} needs of the networks of a cell that stand together in a file; few objects,
 * since they go from task to task and Spark estimates their size time and again.
 *
 * @param configuration the cell's columns, in order
 * @param measured rows
 * @param failed rows
 * @param categories rows of each {@link Category}, in its order
 * @param replicates numbers of the random networks
 * @param values of {@link #AVERAGED}, for one network after the other; NaN where null
 */
public record ReplicateFigures(
    @Nullable Object[] configuration,
    long measured,
    long failed,
    long[] categories,
    int[] replicates,
    double[] values)
    implements Serializable {
  /** What is averaged. */
  public static final List<Quantity> AVERAGED =
      Quantity.all().stream().filter(Quantity::isAveraged).toList();

  /** The columns that say so. */
  public static final List<Column> COLUMNS =
      Stream.of(
              Tables.configuration().stream(),
              Stream.of("replicate", "status", "category").map(Tables::replicatesColumn),
              AVERAGED.stream().map(Quantity::column).map(Tables::replicatesColumn))
          .flatMap(columns -> columns)
          .toList();

  private static final int KEYS = Tables.configuration().size();

  /**
   * Of some rows of a cell.
   *
   * @param rows values of {@link #COLUMNS}; one or more
   */
  public static ReplicateFigures of(List<@Nullable Object[]> rows) {
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
        Arrays.stream(Category.values())
            .mapToLong(category -> count(rows, row -> category.id().equals(row[KEYS + 2])))
            .toArray(),
        rows.stream().mapToInt(row -> (Integer) Objects.requireNonNull(row[KEYS])).toArray(),
        values);
  }

  private static long count(
      List<@Nullable Object[]> rows, Predicate<@Nullable Object[]> condition) {
    return rows.stream().filter(condition).count();
  }
}
