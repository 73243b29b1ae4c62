package org.phasemap.chart.figure.sheet;

import java.util.List;
import org.phasemap.chart.Point;

/**
 * A rectangle on a sheet, in points of 1/72 inch from its upper left corner, y downwards.
 *
 * @param left edge
 * @param top edge
 * @param width of it
 * @param height of it
 */
public record Box(double left, double top, double width, double height) {
  /** Between two corners. */
  public static Box between(double x0, double y0, double x1, double y1) {
    return new Box(Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
  }

  public double right() {
    return left + width;
  }

  public double bottom() {
    return top + height;
  }

  public double centreX() {
    return left + width / 2;
  }

  public double centreY() {
    return top + height / 2;
  }

  public List<Point> corners() {
    return List.of(
        new Point(left, top),
        new Point(right(), top),
        new Point(right(), bottom()),
        new Point(left, bottom()));
  }

  /** Whether it has a place, its border included. */
  public boolean has(Point at) {
    return at.x() >= left && at.x() <= right() && at.y() >= top && at.y() <= bottom();
  }
}
