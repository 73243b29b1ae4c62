package org.phasemap.chart.figure.sheet;

import java.util.List;

/**
 * A finished figure.
 *
 * @param title what it is, for files' properties
 * @param width of the sheet in points of 1/72 inch
 * @param height of the sheet in points
 * @param marks what is on it
 * @param caption what a reader must know beside it, in sentences
 */
public record Picture(String title, double width, double height, List<Mark> marks, String caption) {
  private static final double POINTS_PER_MM = 72 / 25.4;

  /** Millimetres in points. */
  public static double points(double millimetres) {
    return millimetres * POINTS_PER_MM;
  }

  /** In millimetres. */
  public double widthMillimetres() {
    return width / POINTS_PER_MM;
  }

  /** In millimetres. */
  public double heightMillimetres() {
    return height / POINTS_PER_MM;
  }
}
