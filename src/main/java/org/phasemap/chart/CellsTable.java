package org.phasemap.chart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * The scalars of the table {@code cells} and the number of replicates of each category. Every other
 * chart names a cell by its position here.
 *
 * @param columns values by the columns' names, all in one order of cells
 * @param size how many cells there are
 */
public record CellsTable(Map<String, List<@Nullable Object>> columns, int size) {
  /** Replicates counted by category; cells of schemas before 6 do not have all of these counts. */
  public static final String COUNTS =
      """
      (select cell_id, count(*) filter (where category = 'exploded') as exploded,
        count(*) filter (where category = 'vanished') as vanished,
        count(*) filter (where category = 'stalled') as stalled,
        count(*) filter (where category = 'diverged') as diverged
      from replicates group by cell_id)
      """;

  private static final Set<String> COUNTED = Set.of("exploded", "vanished", "stalled", "diverged");

  private static final String SQL =
      """
      select %s, coalesce(n.exploded, 0) as exploded, coalesce(n.vanished, 0) as vanished,
        coalesce(n.stalled, 0) as stalled, coalesce(n.diverged, 0) as diverged
      from cells c left join %s n on c.cell_id = n.cell_id where %%s
      order by task, activation, keep_probability desc, width, sigma_multiplier, sigma_w2, depth,
        c.cell_id
      """
          .formatted(
              Tables.cells().stream()
                  .filter(CellsTable::isScalar)
                  .filter(column -> !COUNTED.contains(column.name()))
                  .map(column -> "c." + column.name())
                  .collect(Collectors.joining(", ")),
              COUNTS);

  private static boolean isScalar(Column column) {
    return column.type() != Column.Type.INT_LIST && column.type() != Column.Type.DOUBLE_LIST;
  }

  public static CellsTable of(Query query, ShownCells shown) {
    Rows rows = query.rows(SQL, shown.condition());
    Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (Rows.Row row : rows) {
        values.add(row.at(i));
      }
      columns.put(rows.columns().get(i), values);
    }
    return new CellsTable(columns, rows.size());
  }

  /** The cells' identifiers in their order. */
  public List<String> ids() {
    return columns.getOrDefault("cell_id", List.of()).stream().map(String::valueOf).toList();
  }

  /** Where each cell stands, by its identifier. */
  public Map<String, Integer> positions() {
    Map<String, Integer> positions = new HashMap<>();
    for (String id : ids()) {
      positions.put(id, positions.size());
    }
    return positions;
  }
}
