package org.phasemap.chart.explore;

import org.phasemap.theory.limit.PhasePoint;

/**
 * The depth scales of a law.
 *
 * @param xiC ξ_c, of correlations; NaN or infinite where there is none
 * @param xiGradient ξ_∇, of gradients
 */
record Scales(double xiC, double xiGradient) {
  /** Of a scale that asks no law, and of a law that has none. */
  static final Scales NONE = new Scales(Double.NaN, Double.NaN);

  static Scales of(PhasePoint point) {
    return new Scales(point.xiC(), point.xiGradient());
  }
}
