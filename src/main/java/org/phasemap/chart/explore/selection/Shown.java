package org.phasemap.chart.explore.selection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;

/**
 * The cells that a chart shows: a {@link Cut} of its selection, thinned.
 *
 * @param condition of the cells {@code c}
 * @param at values that were chosen on axes that are not drawn
 * @param total cells of the selection
 * @param thinned how points were made fewer
 * @param leftOut cells that are not shown, and why
 */
public record Shown(
    Condition condition,
    Map<String, Object> at,
    long total,
    List<Thinned> thinned,
    List<LeftOut> leftOut) {
  /** What a browser draws in an instant. */
  public static final int MOST = 40_000;

  public static Shown of(Query query, SweepAxes axes, Selection selection, Frame frame) {
    Cut cut = Cut.of(query, axes, selection, frame);
    List<Thinned> thinned =
        cut.left() <= MOST ? List.of() : Thinned.of(query, frame, cut.condition(), MOST);
    Condition condition = Thinned.applied(cut.condition(), thinned);
    List<LeftOut> leftOut = new ArrayList<>(cut.leftOut());
    if (!thinned.isEmpty()) {
      leftOut.add(
          new LeftOut(
              "a browser gets at most 40,000 points", cut.left() - Cut.count(query, condition)));
    }
    return new Shown(condition, byColumn(cut.at()), cut.total(), thinned, leftOut);
  }

  private static Map<String, Object> byColumn(Map<Axis<?>, Object> at) {
    Map<String, Object> byColumn = new LinkedHashMap<>();
    at.forEach(
        (axis, value) -> byColumn.put(axis.column(), Objects.requireNonNull(Columns.exact(value))));
    return byColumn;
  }
}
