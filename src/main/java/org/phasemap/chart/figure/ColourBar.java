package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.chart.Cividis;
import org.phasemap.chart.Point;
import org.phasemap.chart.figure.sheet.Box;
import org.phasemap.chart.figure.sheet.Label;
import org.phasemap.chart.figure.sheet.Label.Ink;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.chart.figure.sheet.Pen;
import org.phasemap.chart.figure.sheet.Typeface;

/** The colours of a map beside it, with their values. */
final class ColourBar {
  private static final double WIDTH = 8;
  private static final double GAP = 7;
  private static final double TICK = 2;
  private static final double ARROW = 6;
  private static final int STEPS = 128;
  private static final Pen EDGE = Pen.solid(0x000000, Pen.HAIRLINE);

  private ColourBar() {}

  /** Room that it takes right of the maps. */
  static double room(ValueScale scale) {
    double widest = scale.ticks().stream().mapToDouble(v -> Plot.width(text(v))).max().orElse(0);
    return GAP + WIDTH + TICK + 2 + widest + 3 + Plot.LABEL_SIZE;
  }

  private static String text(double value) {
    return Numbers.text(Math.abs(value) < 1e-12 ? 0 : value, 4);
  }

  /** Right of the maps, as tall as they are or less. */
  static List<Mark> beside(Box maps, ValueScale scale, String label) {
    double height = Math.min(maps.height(), 170);
    double top = maps.top() + (maps.height() - height) / 2;
    Box bar = new Box(maps.right() + GAP, top, WIDTH, height);
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      double bottom = bar.bottom() - i * bar.height() / STEPS;
      Box step = Box.between(bar.left(), bottom, bar.right(), bottom - 1.5 * height / STEPS);
      if (step.top() < bar.top()) {
        step = Box.between(bar.left(), bottom, bar.right(), bar.top());
      }
      marks.add(Mark.Area.of(step, Cividis.at((i + 0.5) / STEPS)));
    }
    List<Point> edge = new ArrayList<>(bar.corners());
    edge.add(edge.get(0));
    marks.add(new Mark.Path(List.of(edge), EDGE));
    if (scale.above()) {
      marks.addAll(arrow(bar, bar.top(), -ARROW, 1));
    }
    if (scale.below()) {
      marks.addAll(arrow(bar, bar.bottom(), ARROW, 0));
    }
    double widest = 0;
    double last = Double.POSITIVE_INFINITY;
    for (double value : shown(scale, height)) {
      double y = bar.bottom() - scale.unit(value) * bar.height();
      last = y;
      String text = text(value);
      widest = Math.max(widest, Plot.width(text));
      Point end = new Point(bar.right() + TICK, y);
      marks.add(Mark.Path.of(EDGE, new Point(bar.right(), y), end));
      Point words = new Point(end.x() + 2, y + Plot.TICK_SIZE * Typeface.CAPITAL / 2);
      marks.addAll(Label.of(text, Plot.TICK_SIZE).from(words, Ink.BLACK));
    }
    if (Double.isFinite(last)) {
      Point middle =
          new Point(bar.right() + TICK + 2 + widest + 2 + Plot.LABEL_SIZE * 0.9, bar.centreY());
      marks.addAll(Label.of(label, Plot.LABEL_SIZE).upwards(middle, Ink.BLACK));
    }
    return marks;
  }

  private static List<Mark> arrow(Box bar, double from, double by, double share) {
    Point left = new Point(bar.left(), from);
    Point right = new Point(bar.right(), from);
    Point tip = new Point(bar.centreX(), from + by);
    return List.of(
        new Mark.Area(List.of(left, tip, right), Cividis.at(share), Mark.OPAQUE),
        Mark.Path.of(EDGE, left, tip, right));
  }

  /** Ticks that are apart on the bar; 0 and the ends before others. */
  private static List<Double> shown(ValueScale scale, double height) {
    double gap = 1.25 * Plot.TICK_SIZE / height;
    List<Double> kept = new ArrayList<>();
    List<Double> ordered = new ArrayList<>(scale.ticks());
    ordered.sort((a, b) -> Double.compare(rank(scale, b), rank(scale, a)));
    for (double value : ordered) {
      double unit = scale.unit(value);
      if (kept.stream().allMatch(other -> Math.abs(scale.unit(other) - unit) >= gap)) {
        kept.add(value);
      }
    }
    return kept;
  }

  private static double rank(ValueScale scale, double value) {
    return value == 0 ? 2 : Math.abs(scale.unit(value) - 0.5);
  }
}
