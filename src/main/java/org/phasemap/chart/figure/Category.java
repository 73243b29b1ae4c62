package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.phasemap.chart.Cividis;
import org.phasemap.chart.Point;
import org.phasemap.chart.figure.sheet.Box;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.chart.figure.sheet.Pen;

/**
 * What becomes of cells beside a number. On white, which no colour of {@link Cividis} is, and told
 * apart by hatching, which survives greyscale.
 */
enum Category {
  EXPLODED("exploded") {
    @Override
    List<Mark> on(Box box) {
      return hatched(box, 1, -1);
    }
  },
  VANISHED("vanished") {
    @Override
    List<Mark> on(Box box) {
      return hatched(box, 1);
    }
  },
  FAILED("failed") {
    @Override
    List<Mark> on(Box box) {
      double side = Math.min(5, Math.min(box.width(), box.height())) / 2;
      List<Mark> marks = new ArrayList<>(List.of(Mark.Area.of(box, WHITE)));
      marks.add(
          new Mark.Path(
              List.of(stroke(box, -side, -side, side, side), stroke(box, -side, side, side, -side)),
              INK));
      return marks;
    }
  },
  ABSENT("no value") {
    @Override
    List<Mark> on(Box box) {
      double side = Math.min(4, box.width()) / 2;
      return List.of(
          Mark.Area.of(box, WHITE), new Mark.Path(List.of(stroke(box, -side, 0, side, 0)), INK));
    }
  };

  private static final int WHITE = 0xffffff;
  private static final double GAP = 2.6;
  private static final Pen INK = Pen.solid(0x000000, 0.5);

  private final String label;

  Category(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** That of a point's state, if it has no value. */
  static Optional<Category> of(String state, double value) {
    if (Double.isFinite(value)) {
      return Optional.empty();
    }
    for (Category category : values()) {
      if (category.name().toLowerCase(Locale.ROOT).equals(state)) {
        return Optional.of(category);
      }
    }
    return Optional.of(ABSENT);
  }

  /** A cell of it. */
  abstract List<Mark> on(Box box);

  private static List<Point> stroke(Box box, double x0, double y0, double x1, double y1) {
    return List.of(
        new Point(box.centreX() + x0, box.centreY() + y0),
        new Point(box.centreX() + x1, box.centreY() + y1));
  }

  private static List<Mark> hatched(Box box, int... slopes) {
    List<List<Point>> lines = new ArrayList<>();
    for (int slope : slopes) {
      lines.addAll(hatch(box, slope));
    }
    List<Mark> marks = new ArrayList<>(List.of(Mark.Area.of(box, WHITE)));
    if (!lines.isEmpty()) {
      marks.add(new Mark.Path(lines, INK));
    }
    return marks;
  }

  /** Parallel lines across a rectangle that go on in its neighbours: x + slope y = k GAP. */
  private static List<List<Point>> hatch(Box box, int slope) {
    double a = box.left() + slope * box.top();
    double b = box.right() + slope * box.bottom();
    double c = box.left() + slope * box.bottom();
    double d = box.right() + slope * box.top();
    double least = Math.min(Math.min(a, b), Math.min(c, d));
    double most = Math.max(Math.max(a, b), Math.max(c, d));
    List<List<Point>> lines = new ArrayList<>();
    for (int k = (int) Math.ceil(least / GAP); k * GAP <= most; k++) {
      double top = k * GAP - slope * box.top();
      double bottom = k * GAP - slope * box.bottom();
      double left = Math.max(box.left(), Math.min(top, bottom));
      double right = Math.min(box.right(), Math.max(top, bottom));
      if (right > left) {
        lines.add(
            List.of(
                new Point(left, (k * GAP - left) / slope),
                new Point(right, (k * GAP - right) / slope)));
      }
    }
    return lines;
  }
}
