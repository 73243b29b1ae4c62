package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.explore.selection.LeftOut;
import org.phasemap.chart.explore.selection.Sample;
import org.phasemap.chart.explore.selection.Selection;
import org.phasemap.chart.explore.selection.Shown;
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
    Sample sample = Sample.of(query, selection.condition());
    List<String> names = axes.stream().<String>map(Axis::column).toList();
    List<String> select = new ArrayList<>(List.of("c.cell as cell_id"));
    names.forEach(name -> select.add("c." + name));
    String sql =
        "select "
            + String.join(", ", select)
            + ", "
            + figures.selectSingle()
            + " from drawn c where %s order by c.cell limit "
            + Shown.MOST;
    Columns columns =
        Columns.of(
            query.columns(sql, sample.condition(), Outcome.NAMES), names.toArray(new String[0]));
    return new Parallel(
        names,
        sample.total(),
        columns.size(),
        sample.leftOut(columns.size()),
        columns.renamed("mean", "value"));
  }
}
