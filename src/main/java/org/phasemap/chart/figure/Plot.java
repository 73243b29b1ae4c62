package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.chart.Point;
import org.phasemap.chart.figure.sheet.Box;
import org.phasemap.chart.figure.sheet.Label;
import org.phasemap.chart.figure.sheet.Label.Ink;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.chart.figure.sheet.Pen;
import org.phasemap.chart.figure.sheet.Typeface;

/**
 * A small chart on the sheet.
 *
 * @param box inside its axes
 * @param x to the right
 * @param y upwards
 */
record Plot(Box box, Ruler x, Ruler y) {
  /** Sizes of letters in points: no journal wants less than 6. */
  static final double LABEL_SIZE = 7.5;

  static final double TICK_SIZE = 6.5;

  /** From one line of a title to the next. */
  static final double TITLE_LINE = 9;

  private static final double TICK_LENGTH = 2.5;
  private static final double GAP = 2;
  private static final Pen AXIS = Pen.solid(0x000000, 0.6);

  /** What stands beside its axes; empty where neighbours say it. */
  record Names(List<String> title, String x, String y, boolean hasTicksX, boolean hasTicksY) {}

  /** Of coordinates. */
  Point at(double x, double y) {
    return new Point(
        box.left() + this.x.share(x) * box.width(), box.bottom() - this.y.share(y) * box.height());
  }

  /** The axes: frame, ticks, labels. */
  List<Mark> axes(Names names) {
    List<Mark> marks = new ArrayList<>();
    List<Point> frame = new ArrayList<>(box.corners());
    frame.add(frame.get(0));
    marks.add(new Mark.Path(List.of(frame), AXIS));
    below(marks, names.hasTicksX);
    beside(marks, names.hasTicksY);
    if (!names.x.isEmpty()) {
      Point place = new Point(box.centreX(), box.bottom() + below() - 1);
      marks.addAll(Label.of(names.x, LABEL_SIZE).about(place, Ink.BLACK));
    }
    if (!names.y.isEmpty()) {
      Point place = new Point(box.left() - left(ticksY()) + LABEL_SIZE - 1, box.centreY());
      marks.addAll(Label.of(names.y, LABEL_SIZE).upwards(place, Ink.BLACK));
    }
    double line = box.top() - 3 - (names.title.size() - 1) * TITLE_LINE;
    for (String title : names.title) {
      marks.addAll(Label.of(title, LABEL_SIZE).from(new Point(box.left(), line), Ink.BLACK));
      line += TITLE_LINE;
    }
    return marks;
  }

  /** Room below a chart with ticks and a label. */
  static double below() {
    return TICK_LENGTH + GAP + TICK_SIZE * Typeface.CAPITAL + GAP + LABEL_SIZE + 1;
  }

  /** Room left of a chart with these ticks and a label. */
  static double left(List<Ruler.Tick> ticks) {
    double widest = ticks.stream().mapToDouble(t -> width(t.label())).max().orElse(0);
    return TICK_LENGTH + GAP + widest + GAP + LABEL_SIZE + 1;
  }

  static double width(String tick) {
    return Label.of(tick, TICK_SIZE).width();
  }

  List<Ruler.Tick> ticksY() {
    return ticksY(y, box.height());
  }

  /** What is marked along a vertical axis. */
  static List<Ruler.Tick> ticksY(Ruler ruler, double length) {
    return ruler.ticks(length, 1.6 * TICK_SIZE);
  }

  private List<Ruler.Tick> ticksX() {
    double room = 3 * TICK_SIZE;
    List<Ruler.Tick> ticks = x.ticks(box.width(), room);
    while (overlap(ticks) && room < box.width()) {
      room *= 1.3;
      ticks = x.ticks(box.width(), room);
    }
    if (!overlap(ticks)) {
      return ticks;
    }
    // Names, or numbers that no round ones stand for: as many as there is room for.
    List<Ruler.Tick> kept = new ArrayList<>();
    for (Ruler.Tick tick : ticks) {
      if (kept.isEmpty() || isApart(kept.get(kept.size() - 1), tick)) {
        kept.add(tick);
      }
    }
    return kept;
  }

  private boolean overlap(List<Ruler.Tick> ticks) {
    for (int i = 1; i < ticks.size(); i++) {
      if (!isApart(ticks.get(i - 1), ticks.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isApart(Ruler.Tick a, Ruler.Tick b) {
    double room = (width(a.label()) + width(b.label())) / 2 + TICK_SIZE / 2;
    return (b.share() - a.share()) * box.width() >= room;
  }

  private void below(List<Mark> marks, boolean hasLabels) {
    for (Ruler.Tick tick : ticksX()) {
      double at = box.left() + tick.share() * box.width();
      marks.add(
          Mark.Path.of(
              AXIS, new Point(at, box.bottom()), new Point(at, box.bottom() + TICK_LENGTH)));
      if (hasLabels) {
        double line = box.bottom() + TICK_LENGTH + GAP + TICK_SIZE * Typeface.CAPITAL;
        marks.addAll(Label.of(tick.label(), TICK_SIZE).about(new Point(at, line), Ink.BLACK));
      }
    }
  }

  private void beside(List<Mark> marks, boolean hasLabels) {
    for (Ruler.Tick tick : ticksY()) {
      double at = box.bottom() - tick.share() * box.height();
      marks.add(
          Mark.Path.of(AXIS, new Point(box.left(), at), new Point(box.left() - TICK_LENGTH, at)));
      if (hasLabels) {
        Point end =
            new Point(box.left() - TICK_LENGTH - GAP, at + TICK_SIZE * Typeface.CAPITAL / 2);
        marks.addAll(Label.of(tick.label(), TICK_SIZE).until(end, Ink.BLACK));
      }
    }
  }
}
