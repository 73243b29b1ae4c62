package org.phasemap.chart.explore;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.explore.selection.Frame;
import org.phasemap.chart.explore.selection.LeftOut;
import org.phasemap.chart.explore.selection.Selection;
import org.phasemap.chart.explore.selection.Shown;
import org.phasemap.chart.explore.selection.SweepAxes;
import org.phasemap.chart.explore.selection.Thinned;
import org.phasemap.query.Query;

/**
 * A number along an axis, a curve for each value of another.
 *
 * @param x column of the axis
 * @param by column of the axis of the curves; null for one curve
 * @param at values on axes that are not drawn
 * @param total cells of the selection
 * @param shown points
 * @param thinned how points were made fewer
 * @param leftOut cells of the selection that are not shown, and why
 * @param series the curves
 * @param table all of them, a row a point
 */
public record Slice(
    String x,
    @Nullable String by,
    Map<String, Object> at,
    long total,
    long shown,
    List<Thinned> thinned,
    List<LeftOut> leftOut,
    List<Series> series,
    @JsonIgnore Columns table) {

  /**
   * A curve.
   *
   * @param by its value on the axis of the curves; null where there is one curve
   * @param size points
   * @param columns its points: x, cell_id, mean, error, n, theory, expected, band, z, low and high
   *     of a share that was trained, state
   */
  public record Series(@Nullable Object by, int size, Columns columns) {
    static Series of(@Nullable Object by, Columns columns) {
      return new Series(by, columns.size(), columns);
    }
  }

  /** Along the first place of a frame; the second, if there is one, is that of the curves. */
  static Slice of(Query query, SweepAxes axes, Selection selection, Frame frame, Figures figures) {
    Shown shown = Shown.of(query, axes, selection, frame);
    boolean several = frame.places().size() > 1;
    List<String> names = several ? List.of("x", "by") : List.of("x");
    boolean grouped = !frame.average().isEmpty();
    String sql =
        "select %s, %s as cell_id, %s from drawn c where %%s%s order by %s"
            .formatted(
                frame.namedKeys(names),
                grouped ? "case when count(*) = 1 then any_value(c.cell) end" : "c.cell",
                grouped ? figures.select() : figures.selectSingle(),
                grouped ? " group by " + frame.keys() : "",
                several ? "\"by\", x" : "x");
    Columns table =
        Columns.of(
            query.columns(sql, shown.condition(), Outcome.NAMES), names.toArray(new String[0]));
    return new Slice(
        frame.places().get(0).column(),
        several ? frame.places().get(1).column() : null,
        shown.at(),
        shown.total(),
        table.size(),
        shown.thinned(),
        shown.leftOut(),
        series(table, several),
        table);
  }

  private static List<Series> series(Columns table, boolean several) {
    if (!several) {
      return List.of(Series.of(null, table));
    }
    List<Series> series = new ArrayList<>();
    List<@Nullable Object> by = Objects.requireNonNull(table.values().get("by"));
    int start = 0;
    for (int i = 1; i <= by.size(); i++) {
      if (i == by.size() || !Objects.equals(by.get(i), by.get(start))) {
        Map<String, List<@Nullable Object>> part = new LinkedHashMap<>();
        int from = start;
        int to = i;
        table.values().forEach((name, all) -> part.put(name, all.subList(from, to)));
        part.remove("by");
        series.add(Series.of(Columns.exact(by.get(start)), new Columns(part, Set.of("x"))));
        start = i;
      }
    }
    return series;
  }
}
