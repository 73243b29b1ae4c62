package org.phasemap.chart.figure.sheet;

import java.util.List;

/**
 * How a line is drawn.
 *
 * @param rgb 0xRRGGBB
 * @param width in points
 * @param dash lengths of dashes and gaps in points; empty for a solid line
 */
public record Pen(int rgb, double width, List<Double> dash) {
  /** Thinner lines vanish in print. */
  public static final double HAIRLINE = 0.5;

  public static Pen solid(int rgb, double width) {
    return new Pen(rgb, width, List.of());
  }
}
