package org.phasemap.chart.figure;

import java.util.List;

/**
 * How a line is drawn.
 *
 * @param rgb 0xRRGGBB
 * @param width in points
 * @param dash lengths of dashes and gaps in points; empty for a solid line
 */
record Pen(int rgb, double width, List<Double> dash) {
  /** Thinner lines vanish in print. */
  static final double HAIRLINE = 0.5;

  static Pen solid(int rgb, double width) {
    return new Pen(rgb, width, List.of());
  }
}
