package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.phasemap.chart.Point;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.chart.figure.sheet.Pen;

/**
 * Measured points with their errors, and theory along them. All lists are as long as {@code x}; NaN
 * where there is no number.
 *
 * @param x coordinates
 * @param mean measured
 * @param error of it; empty for none
 * @param ends of intervals that are not mean ± error; empty where none is
 * @param theory at infinite width
 * @param expected the mean of networks of this width, by theory
 * @param band their standard deviation
 * @param states what became of each point
 * @param ids of cells; empty where all are of one
 */
record Curve(
    List<Double> x,
    List<Double> mean,
    List<Double> error,
    List<Ends> ends,
    List<Double> theory,
    List<Double> expected,
    List<Double> band,
    List<String> states,
    List<String> ids) {
  private static final double WHISKER = 0.6;
  private static final double CAP = 1.3;
  private static final double SHADE = 0.22;
  private static final List<Double> DASHED = List.of(3.0, 1.6);

  /** The ends of an interval. */
  record Ends(double low, double high) {}

  /** How a curve looks. */
  record Look(Marker marker, int rgb) {}

  private static double at(List<Double> values, int i) {
    return i < values.size() ? values.get(i) : Double.NaN;
  }

  /** The interval of a point; NaN where it has none. */
  private Ends ends(int i) {
    return i < ends.size()
        ? ends.get(i)
        : new Ends(at(mean, i) - at(error, i), at(mean, i) + at(error, i));
  }

  /** All that has to be on the chart, upwards. */
  List<Double> extent() {
    List<Double> extent = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      double reach = Double.isFinite(at(band, i)) ? at(band, i) : 0;
      extent.addAll(List.of(at(mean, i), ends(i).low, ends(i).high, at(theory, i)));
      extent.addAll(List.of(at(expected, i) - reach, at(expected, i) + reach));
    }
    return extent.stream().filter(Double::isFinite).toList();
  }

  boolean hasTheory() {
    return theory.stream().anyMatch(Double::isFinite);
  }

  boolean hasBand() {
    return band.stream().anyMatch(Double::isFinite);
  }

  /** Its band, below all points. */
  List<Mark> band(Plot plot, int rgb) {
    List<Mark> marks = new ArrayList<>();
    for (List<Integer> run : runs(band)) {
      List<Point> area = new ArrayList<>();
      run.forEach(i -> area.add(plot.at(x.get(i), expected.get(i) + band.get(i))));
      List<Integer> back = new ArrayList<>(run);
      Collections.reverse(back);
      back.forEach(i -> area.add(plot.at(x.get(i), expected.get(i) - band.get(i))));
      marks.add(new Mark.Area(area, rgb, SHADE));
    }
    return marks;
  }

  /** What theory expects at this width. */
  List<Mark> expected(Plot plot, int rgb) {
    return line(plot, expected, Pen.solid(rgb, WHISKER));
  }

  /** What theory says of infinite width. */
  List<Mark> limit(Plot plot, int rgb) {
    return line(plot, theory, new Pen(rgb, 0.9, DASHED));
  }

  /** Positions that follow one another, where some values are known. */
  private List<List<Integer>> runs(List<Double> values) {
    List<List<Integer>> runs = new ArrayList<>();
    boolean open = false;
    for (int i = 0; i < x.size(); i++) {
      boolean known = Double.isFinite(at(values, i));
      if (known) {
        if (!open) {
          runs.add(new ArrayList<>());
        }
        runs.get(runs.size() - 1).add(i);
      }
      open = known;
    }
    return runs.stream().filter(run -> run.size() > 1).toList();
  }

  private List<Mark> line(Plot plot, List<Double> values, Pen pen) {
    List<List<Point>> parts = new ArrayList<>();
    for (List<Integer> run : runs(values)) {
      parts.add(run.stream().map(i -> plot.at(x.get(i), values.get(i))).toList());
    }
    return parts.isEmpty() ? List.of() : List.of(new Mark.Path(parts, pen));
  }

  /** Many points are small, or they would hide one another. */
  private double size() {
    return x.size() > 100 ? 0.5 : x.size() > 25 ? 0.65 : 1;
  }

  /** Its points; where there is no number, which way it went. */
  List<Mark> points(Plot plot, Look look) {
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      List<Mark> point = new ArrayList<>();
      if (Double.isFinite(mean.get(i))) {
        Point place = plot.at(x.get(i), mean.get(i));
        point.addAll(whisker(plot, i, look.rgb));
        point.addAll(look.marker.at(place, look.rgb, size()));
      } else if (i < states.size()) {
        point.addAll(gone(plot, x.get(i), states.get(i), look.rgb));
      }
      marks.add(new Mark.Group("point", Optional.empty(), data(i), point));
    }
    return marks;
  }

  private Map<String, String> data(int i) {
    Map<String, String> data = new LinkedHashMap<>();
    if (i < ids.size()) {
      data.put("cell", ids.get(i));
    }
    if (Double.isFinite(mean.get(i))) {
      data.put("value", Double.toString(mean.get(i)));
    }
    if (Double.isFinite(at(error, i))) {
      data.put("error", Double.toString(at(error, i)));
    }
    if (i < states.size()) {
      data.put("state", states.get(i));
    }
    return data;
  }

  private List<Mark> whisker(Plot plot, int i, int rgb) {
    Ends ends = ends(i);
    if (!(ends.high > ends.low) || !Double.isFinite(ends.high - ends.low)) {
      return List.of();
    }
    Point low = plot.at(x.get(i), ends.low);
    Point high = plot.at(x.get(i), ends.high);
    return List.of(
        new Mark.Path(List.of(List.of(low, high), cap(low), cap(high)), Pen.solid(rgb, WHISKER)));
  }

  private static List<Point> cap(Point at) {
    return List.of(new Point(at.x() - CAP, at.y()), new Point(at.x() + CAP, at.y()));
  }

  /** An arrow at the border that networks left by, or a cross at the bottom for failed ones. */
  private static List<Mark> gone(Plot plot, double x, String state, int rgb) {
    boolean up = state.equals("exploded");
    double px = plot.at(x, 0).x();
    double edge = up ? plot.box().top() + 1 : plot.box().bottom() - 1;
    double back = up ? 4 : -4;
    if (up || state.equals("vanished")) {
      return List.of(
          new Mark.Area(
              List.of(
                  new Point(px, edge),
                  new Point(px - 2.2, edge + back),
                  new Point(px + 2.2, edge + back)),
              rgb,
              Mark.OPAQUE));
    }
    return List.of(
        new Mark.Path(
            List.of(
                List.of(new Point(px - 2, edge - 4), new Point(px + 2, edge)),
                List.of(new Point(px - 2, edge), new Point(px + 2, edge - 4))),
            Pen.solid(rgb, WHISKER)));
  }
}
