package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.chart.Point;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.chart.figure.sheet.Pen;

/** Shapes of points: they tell curves apart without colour. */
enum Marker {
  DISC(16, 0, 1, true),
  SQUARE(4, 45, 1.15, false),
  TRIANGLE(3, 90, 1.3, true),
  DIAMOND(4, 0, 1.3, false),
  CIRCLE(16, 0, 1, false),
  BLOCK(4, 45, 1.15, true),
  WEDGE(3, 270, 1.3, false);

  private static final double RADIUS = 1.9;
  private static final double RIM = 0.7;

  private final int corners;
  private final double turned;
  private final double grown;
  private final boolean filled;

  Marker(int corners, double turned, double grown, boolean filled) {
    this.corners = corners;
    this.turned = turned;
    this.grown = grown;
    this.filled = filled;
  }

  /** That of the i-th curve. */
  static Marker of(int i) {
    return values()[i % values().length];
  }

  /** At a place, so many times its usual size. */
  List<Mark> at(Point place, int rgb, double size) {
    List<Point> shape = new ArrayList<>();
    for (int i = 0; i < corners; i++) {
      double angle = Math.toRadians(turned + 360.0 * i / corners);
      shape.add(
          new Point(
              place.x() + size * grown * RADIUS * Math.cos(angle),
              place.y() - size * grown * RADIUS * Math.sin(angle)));
    }
    List<Point> rim = new ArrayList<>(shape);
    rim.add(shape.get(0));
    return List.of(
        new Mark.Area(shape, filled ? rgb : 0xffffff, Mark.OPAQUE),
        new Mark.Path(List.of(rim), Pen.solid(rgb, RIM)));
  }
}
