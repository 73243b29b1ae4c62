package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.explore.selection.Frame;
import org.phasemap.chart.explore.selection.LeftOut;
import org.phasemap.chart.explore.selection.Selection;
import org.phasemap.chart.explore.selection.Shown;
import org.phasemap.chart.explore.selection.SweepAxes;
import org.phasemap.chart.explore.selection.Thinned;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Query;

/**
 * A map of cells over two axes.
 *
 * @param x column of the axis
 * @param y column of the axis
 * @param facets columns of the axes that the columns {@code facet0…} are of
 * @param at values on axes that are not drawn, chosen since a point can show one cell
 * @param total cells of the selection
 * @param shown points
 * @param thinned how points were made fewer
 * @param leftOut cells of the selection that are not shown, and why
 * @param columns the points, in the order of facets, y and x
 */
public record CellMap(
    String x,
    String y,
    List<String> facets,
    Map<String, Object> at,
    long total,
    long shown,
    List<Thinned> thinned,
    List<LeftOut> leftOut,
    Columns columns) {
  private static final List<String> NAMES = List.of("x", "y");

  /**
   * The map of a number.
   *
   * @param frame whose places are x and y
   */
  static CellMap of(
      Query query, SweepAxes axes, Selection selection, Frame frame, Figures figures, View view) {
    Shown shown = Shown.of(query, axes, selection, frame);
    List<String> keys = frame.keyNames(NAMES);
    Columns columns =
        Columns.of(
            query.columns(sql(frame, keys, figures, view), shown.condition(), Outcome.NAMES),
            keys.toArray(new String[0]));
    return new CellMap(
        frame.places().get(0).column(),
        frame.places().get(1).column(),
        frame.facets().stream().<String>map(Axis::column).toList(),
        shown.at(),
        shown.total(),
        columns.size(),
        shown.thinned(),
        shown.leftOut(),
        columns);
  }

  private static String sql(Frame frame, List<String> keys, Figures figures, View view) {
    List<String> order = new ArrayList<>(keys.subList(2, keys.size()));
    order.addAll(List.of("y", "x"));
    // Without an average a point is one cell: Cut has seen to that.
    boolean grouped = !frame.average().isEmpty();
    return """
    select cell_id, %1$s, %2$s as value, %3$s as error, %9$sn, theory, expected, band, z, state%4$s
    from (select %5$s, %6$s from drawn c where %%s%7$s)
    order by %8$s\
    """
        .formatted(
            String.join(", ", keys),
            view.value(),
            view.error(),
            grouped ? ", cells" : "",
            (grouped
                    ? "case when count(*) = 1 then any_value(c.cell) end as cell_id,"
                        + " count(*) as cells, "
                    : "c.cell as cell_id, ")
                + frame.namedKeys(NAMES),
            grouped ? figures.select() : figures.selectSingle(),
            grouped ? " group by " + frame.keys() : "",
            String.join(", ", order),
            view == View.MEAN ? "" : "mean, ");
  }
}
