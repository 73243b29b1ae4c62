package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.phasemap.chart.Cividis;
import org.phasemap.chart.Counted;
import org.phasemap.chart.Point;
import org.phasemap.chart.explore.Scatter;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.figure.sheet.Box;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.chart.figure.sheet.Pen;

/** z of all cells: their histogram beside the normal law's, and measurement over theory. */
final class ScoreFigure {
  private static final Pen NORMAL = Pen.solid(0x000000, 1);
  private static final int BARS = 0xa59c74;

  private ScoreFigure() {}

  /**
   * On a sheet.
   *
   * @param symbol of the number
   */
  static Body draw(Scatter scatter, String symbol, String note, double wide) {
    Scatter.Histogram histogram = scatter.histogram();
    double step = histogram.edges().get(1) - histogram.edges().get(0);
    double peak = scatter.n() * step / Math.sqrt(2 * Math.PI);
    double most = Math.max(peak, histogram.counts().stream().mapToDouble(c -> c).max().orElse(1));
    Ruler counts = Ruler.exact(0, 1.06 * most);
    Ruler scores = Ruler.exact(histogram.edges().get(0), -histogram.edges().get(0));
    Columns table = scatter.scatter();
    double[] values = {
      Math.min(least(table, "theory"), least(table, "mean")),
      Math.max(greatest(table, "theory"), greatest(table, "mean"))
    };
    Ruler both = Ruler.linear(values[0], values[1]);
    double left = Math.max(Plot.left(Plot.ticksY(counts, 90)), Plot.left(Plot.ticksY(both, 90)));
    Layout layout = Layout.separate(2, wide, left + 2);
    List<Mark> marks = new ArrayList<>();
    Plot bars = new Plot(layout.boxes().get(0), scores, counts);
    marks.add(
        new Mark.Group(
            "histogram",
            Optional.of(bars.box()),
            Map.of("n", Long.toString(scatter.n())),
            bars(bars, histogram, scatter.n(), step)));
    marks.addAll(bars.axes(new Plot.Names(layout.titles().get(0), "z", "cells", true, true)));
    Plot spots = new Plot(layout.boxes().get(1), both, both);
    marks.add(
        new Mark.Group("scatter", Optional.of(spots.box()), Map.of(), spots(spots, table, values)));
    marks.addAll(
        spots.axes(
            new Plot.Names(layout.titles().get(1), symbol + ", theory", "measured", true, true)));
    Key key = new Key();
    key.add(NORMAL, NORMAL, "normal law; measured = theory");
    double at = layout.boxes().get(0).left();
    Key.Drawn keys = key.below(layout.bottom(), at, wide - 3);
    marks.addAll(keys.marks());
    Key.Drawn words = Key.note(note, keys.bottom(), at, wide - 3);
    marks.addAll(words.marks());
    return new Body(marks, words.bottom() + 2);
  }

  private static List<Mark> bars(Plot plot, Scatter.Histogram histogram, long n, double step) {
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < histogram.counts().size(); i++) {
      Point low = plot.at(histogram.edges().get(i), 0);
      Point high = plot.at(histogram.edges().get(i + 1), histogram.counts().get(i));
      Map<String, String> data = Map.of("count", histogram.counts().get(i).toString());
      marks.add(
          new Mark.Group(
              "bar",
              Optional.empty(),
              data,
              List.of(Mark.Area.of(Box.between(low.x(), low.y(), high.x(), high.y()), BARS))));
    }
    List<Point> normal =
        IntStream.rangeClosed(-60, 60)
            .mapToObj(i -> i / 10.0)
            .map(z -> plot.at(z, n * step * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI)))
            .toList();
    marks.add(new Mark.Path(List.of(normal), NORMAL));
    return marks;
  }

  private static List<Mark> spots(Plot plot, Columns table, double[] ends) {
    List<Double> theory = column(table, "theory");
    Curve curve =
        new Curve(
            theory,
            column(table, "mean"),
            column(table, "error"),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            IntStream.range(0, table.size())
                .mapToObj(row -> String.valueOf(table.at("cell_id", row)))
                .toList());
    List<Mark> marks =
        new ArrayList<>(curve.points(plot, new Curve.Look(Marker.CIRCLE, Cividis.at(0.25))));
    marks.add(Mark.Path.of(NORMAL, plot.at(ends[0], ends[0]), plot.at(ends[1], ends[1])));
    return marks;
  }

  private static List<Double> column(Columns table, String name) {
    return IntStream.range(0, table.size()).mapToObj(row -> table.number(name, row)).toList();
  }

  private static double least(Columns table, String name) {
    return numbers(table, name).length == 0
        ? 0
        : Arrays.stream(numbers(table, name)).min().orElseThrow();
  }

  private static double greatest(Columns table, String name) {
    return numbers(table, name).length == 0
        ? 1
        : Arrays.stream(numbers(table, name)).max().orElseThrow();
  }

  private static double[] numbers(Columns table, String name) {
    return column(table, name).stream().mapToDouble(v -> v).filter(Double::isFinite).toArray();
  }

  /** How z is distributed, in words. */
  static String words(Scatter scatter) {
    return String.format(
        Locale.ROOT,
        "%s, |z| ≤ 2 in %.1f %%, mean z %s, deviation of z %s",
        Counted.of(scatter.n(), "cell"),
        100 * scatter.within2(),
        Numbers.text(scatter.mean(), 2),
        Double.isFinite(scatter.sd()) ? Numbers.text(scatter.sd(), 3) : "unknown");
  }
}
