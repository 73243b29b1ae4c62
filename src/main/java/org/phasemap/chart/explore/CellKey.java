package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * One cell, and how its rows are found.
 *
 * @param id its {@code cell_id}
 * @param configuration its values by axis, as columns hold them
 */
record CellKey(String id, Map<Axis<?>, Object> configuration) {
  /** The cell of an id, if the sweep has it. */
  static Optional<CellKey> of(Query query, String id) {
    String columns = String.join(", ", Axis.all().stream().map(Axis::column).toList());
    Rows rows = query.rows("select " + columns + " from drawn c where %s", cell(id));
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Map<Axis<?>, Object> configuration = new LinkedHashMap<>();
    for (Axis<?> axis : Axis.all()) {
      Object value = rows.row(0).value(axis.column());
      if (value != null) {
        configuration.put(axis, value);
      }
    }
    return Optional.of(new CellKey(id, configuration));
  }

  private static Condition cell(String id) {
    return Condition.is("c.cell_id", id);
  }

  /** Its row in {@code cells c}. */
  Condition cell() {
    return cell(id);
  }

  /** Its row in a table {@code c} that is read from files: see {@link #replicates}. */
  Condition cellInFiles() {
    return inFiles("c");
  }

  /**
   * Its rows in {@code networks r}. Tables are sorted by the axes of a grid, not by id: with these,
   * few row groups are read.
   */
  Condition replicates() {
    return inFiles("r");
  }

  private Condition inFiles(String table) {
    List<Condition> all = new ArrayList<>();
    all.add(Condition.is(table + ".cell_id", id));
    for (Axis<?> axis : Axis.in(Axis.Order.GRID)) {
      Object value = configuration.get(axis);
      if (value != null) {
        all.add(Condition.is(table + "." + axis.column(), value));
      }
    }
    return Condition.allOf(all);
  }
}
