package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.phasemap.chart.Cividis;
import org.phasemap.chart.explore.Drawn;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.quantity.Axis;

/** A number along an axis with its error bars, a curve for each value of another. */
final class SliceFigure {
  private final Columns table;
  private final List<Axis<?>> places;
  private final Ruler rulerX;
  private final List<Object> curves;
  private final boolean isShare;

  /**
   * Of the table of a {@link org.phasemap.chart.explore.Slice}.
   *
   * @param drawn the number
   * @param places the axis to the right, and that of the curves if there is one
   * @param values of these axes that the table has, in order
   */
  SliceFigure(Columns table, Drawn drawn, List<Axis<?>> places, List<List<Object>> values) {
    this.table = table;
    this.places = places;
    this.rulerX = Ruler.ofPoints(places.get(0), values.get(0));
    this.isShare = drawn.equals(Drawn.TRAINED);
    this.curves = values.size() > 1 ? values.get(1) : List.of("");
  }

  /** On a sheet. */
  Body draw(List<Panel> panels, String label, String note, double wide) {
    List<Map<Object, Curve>> drawn = panels.stream().map(this::curves).toList();
    List<Curve> all = drawn.stream().flatMap(of -> of.values().stream()).toList();
    double[] extent = all.stream().flatMap(c -> c.extent().stream()).mapToDouble(v -> v).toArray();
    Ruler rulerY = isShare || extent.length == 0 ? Ruler.linear(0, 1) : spanning(extent);
    Layout layout =
        Layout.of(
            panels.stream().map(Panel::title).toList(),
            wide,
            Plot.left(Plot.ticksY(rulerY, 110)) + 2,
            4);
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < panels.size(); i++) {
      Plot plot = new Plot(layout.boxes().get(i), rulerX, rulerY);
      List<Mark> inside = new ArrayList<>();
      drawn.get(i).forEach((by, curve) -> inside.addAll(curve.band(plot, look(by).rgb())));
      drawn.get(i).forEach((by, curve) -> inside.addAll(curve.expected(plot, look(by).rgb())));
      inside.addAll(limits(plot, drawn.get(i)));
      drawn.get(i).forEach((by, curve) -> inside.addAll(curve.points(plot, look(by))));
      marks.add(new Mark.Group("slice", Optional.of(plot.box()), Map.of(), inside));
      marks.addAll(
          plot.axes(
              new Plot.Names(
                  layout.titles().get(i),
                  layout.isLowest(i) ? places.get(0).label() : "",
                  layout.isLeftmost(i) ? label : "",
                  layout.isLowest(i),
                  layout.isLeftmost(i))));
    }
    Key key = new Key();
    if (places.size() > 1) {
      Values.named(places.get(1), curves).forEach((by, name) -> CurveKey.add(key, look(by), name));
    }
    CurveKey.addCommon(
        key, all, isShare ? "95 % interval (Wilson)" : "± standard error of the mean");
    double left = layout.boxes().get(0).left();
    Key.Drawn keys = key.below(layout.bottom(), left, wide - 3);
    marks.addAll(keys.marks());
    Key.Drawn words = Key.note(note, keys.bottom(), left, wide - 3);
    marks.addAll(words.marks());
    return new Body(marks, words.bottom() + 2);
  }

  /** Of widths there is one limit, in nobody's colour. */
  private List<Mark> limits(Plot plot, Map<Object, Curve> curves) {
    List<Mark> marks = new ArrayList<>();
    long different = curves.values().stream().map(Curve::theory).distinct().count();
    if (curves.size() > 1 && different == 1) {
      marks.addAll(curves.values().iterator().next().limit(plot, CurveKey.GREY));
    } else {
      curves.forEach((by, curve) -> marks.addAll(curve.limit(plot, look(by).rgb())));
    }
    return marks;
  }

  private static Ruler spanning(double[] extent) {
    double low = Arrays.stream(extent).min().orElseThrow();
    double high = Arrays.stream(extent).max().orElseThrow();
    return Ruler.linear(low, high);
  }

  private Curve.Look look(Object by) {
    int i = curves.indexOf(by);
    return new Curve.Look(Marker.of(i), Cividis.step(i, curves.size()));
  }

  private Map<Object, Curve> curves(Panel panel) {
    Map<Object, List<Integer>> rows = new LinkedHashMap<>();
    curves.forEach(by -> rows.put(by, new ArrayList<>()));
    for (int row : panel.rows()) {
      Object by = places.size() > 1 ? Objects.requireNonNull(table.at("by", row)) : "";
      rows.computeIfAbsent(by, k -> new ArrayList<>()).add(row);
    }
    Map<Object, Curve> curves = new LinkedHashMap<>();
    rows.forEach(
        (by, of) -> {
          if (!of.isEmpty()) {
            curves.put(by, curve(of));
          }
        });
    return curves;
  }

  private Curve curve(List<Integer> rows) {
    return new Curve(
        rows.stream()
            .map(row -> rulerX.coordinate(Objects.requireNonNull(table.at("x", row))))
            .toList(),
        column("mean", rows),
        column("error", rows),
        isShare ? rows.stream().map(this::interval).toList() : List.of(),
        column("theory", rows),
        column("expected", rows),
        column("band", rows),
        rows.stream().map(row -> String.valueOf(table.at("state", row))).toList(),
        rows.stream().map(row -> String.valueOf(table.at("cell_id", row))).toList());
  }

  private Curve.Ends interval(int row) {
    return new Curve.Ends(table.number("low", row), table.number("high", row));
  }

  private List<Double> column(String name, List<Integer> rows) {
    return rows.stream().map(row -> table.number(name, row)).toList();
  }
}
