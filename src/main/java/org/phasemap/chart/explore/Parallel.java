package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Query;

/**
 * Cells as lines over parallel coordinates.
 *
 * @param axes columns of the coordinates
 * @param total cells of the selection
 * @param shown cells
 * @param leftOut the others, and why
 * @param columns cell_id, each axis, value, error, z, state
 */
public record Parallel(
    List<String> axes, long total, long shown, List<LeftOut> leftOut, Columns columns) {

  static Parallel of(Query query, Selection selection, List<Axis<?>> axes, Figures figures) {
    Shown shown = Shown.sample(query, selection.condition(), "cells");
    List<String> names = axes.stream().<String>map(Axis::column).toList();
    List<String> select = new ArrayList<>(List.of("c.cell_id"));
    names.forEach(name -> select.add("c." + name));
    String sql =
        "select "
            + String.join(", ", select)
            + ", "
            + figures.selectSingle()
            + " from drawn c where %s order by c.cell_id";
    Columns columns =
        Columns.of(query.columns(sql, shown.condition()), names.toArray(new String[0]));
    return new Parallel(
        names, shown.total(), columns.size(), shown.leftOut(), columns.renamed("mean", "value"));
  }
}
