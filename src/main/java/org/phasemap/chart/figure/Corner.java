package org.phasemap.chart.figure;

import java.util.List;
import java.util.Optional;
import org.phasemap.chart.Point;
import org.phasemap.chart.figure.sheet.Box;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.chart.figure.sheet.Pen;

/** What a reader must know of a cell that has a number: a triangle in a corner of it. */
enum Corner {
  PARTLY_FINITE("some networks exploded or vanished", 0x000000) {
    @Override
    List<Point> corners(Box box, double side) {
      return List.of(
          new Point(box.left(), box.top()),
          new Point(box.left() + side, box.top()),
          new Point(box.left(), box.top() + side));
    }
  },
  UNDECIDED("error larger than asked for", 0xffffff) {
    @Override
    List<Point> corners(Box box, double side) {
      return List.of(
          new Point(box.right(), box.bottom()),
          new Point(box.right() - side, box.bottom()),
          new Point(box.right(), box.bottom() - side));
    }
  };

  private static final double SIDE = 4;

  private final String label;
  private final int rgb;

  Corner(String label, int rgb) {
    this.label = label;
    this.rgb = rgb;
  }

  String label() {
    return label;
  }

  abstract List<Point> corners(Box box, double side);

  /** That of a point's state, if it has one. */
  static Optional<Corner> of(String state) {
    for (Corner corner : values()) {
      if (corner.name().equalsIgnoreCase(state)) {
        return Optional.of(corner);
      }
    }
    return Optional.empty();
  }

  /** Filled black with a white rim, or white with a black one. */
  List<Mark> on(Box box) {
    double side = Math.min(SIDE, 0.6 * Math.min(box.width(), box.height()));
    List<Point> corners = corners(box, side);
    return List.of(
        new Mark.Area(corners, rgb, Mark.OPAQUE),
        Mark.Path.of(Pen.solid(0xffffff & ~rgb, 0.4), corners.get(1), corners.get(2)));
  }
}
