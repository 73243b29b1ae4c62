package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.phasemap.chart.Cividis;
import org.phasemap.chart.explore.Collapsed;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.quantity.Axis;

/** A number of all cells over one scaled depth, and over depth alone. */
final class CollapseFigure {
  private static final int MOST_MARKERS = 7;

  private final Columns table;
  private final Axis<?> by;
  private final List<Object> values;

  CollapseFigure(Collapsed collapsed, Axis<?> by, List<Object> values) {
    this.table = collapsed.columns();
    this.by = by;
    this.values = values;
  }

  /**
   * On a sheet.
   *
   * @param x what it is drawn over
   * @param y what is drawn
   */
  Body draw(String x, String y, String note, double wide) {
    double[] xs = numbers("x");
    double[] ys = numbers("value");
    Ruler rulerX = Ruler.logarithmic(min(xs), max(xs));
    Ruler rulerY = Ruler.linear(min(ys), max(ys));
    boolean coloured = values.size() > MOST_MARKERS && values.get(0) instanceof Number;
    ValueScale scale =
        ValueScale.of(
            "plain",
            coloured
                ? values.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray()
                : new double[0]);
    Layout layout =
        Layout.of(
            List.of(""),
            wide,
            Plot.left(Plot.ticksY(rulerY, 120)) + 2,
            coloured ? ColourBar.room(scale) : 4);
    Plot plot = new Plot(layout.boxes().get(0), rulerX, rulerY);
    List<Mark> inside = new ArrayList<>();
    for (Object value : values) {
      int i = values.indexOf(value);
      Curve.Look look =
          coloured
              ? new Curve.Look(Marker.DISC, scale.rgb(((Number) value).doubleValue()))
              : new Curve.Look(Marker.of(i), Cividis.step(i, values.size()));
      inside.addAll(curve(value, rulerX).points(plot, look));
    }
    List<Mark> marks = new ArrayList<>();
    marks.add(new Mark.Group("collapse", Optional.of(plot.box()), Map.of(), inside));
    marks.addAll(plot.axes(new Plot.Names(List.of(), x, y, true, true)));
    Key key = new Key();
    if (coloured) {
      marks.addAll(ColourBar.beside(layout.around(), scale, by.label()));
    } else {
      Map<Object, String> names = Values.named(by, values);
      for (int i = 0; i < values.size(); i++) {
        CurveKey.add(
            key,
            new Curve.Look(Marker.of(i), Cividis.step(i, values.size())),
            Objects.requireNonNull(names.get(values.get(i))));
      }
    }
    CurveKey.addCommon(key, List.of(), "± standard error of the mean");
    double left = plot.box().left();
    Key.Drawn keys = key.below(layout.bottom(), left, wide - 3);
    marks.addAll(keys.marks());
    Key.Drawn words = Key.note(note, keys.bottom(), left, wide - 3);
    marks.addAll(words.marks());
    return new Body(marks, words.bottom() + 2);
  }

  private Curve curve(Object value, Ruler rulerX) {
    List<Integer> rows =
        IntStream.range(0, table.size())
            .filter(row -> value.equals(table.at("by", row)))
            .boxed()
            .toList();
    return new Curve(
        rows.stream().map(row -> rulerX.of(table.number("x", row))).toList(),
        rows.stream().map(row -> table.number("value", row)).toList(),
        rows.stream().map(row -> table.number("error", row)).toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        rows.stream().map(row -> String.valueOf(table.at("cell_id", row))).toList());
  }

  private double[] numbers(String column) {
    return IntStream.range(0, table.size()).mapToDouble(row -> table.number(column, row)).toArray();
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElse(1);
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElse(1);
  }
}
