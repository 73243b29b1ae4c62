package org.phasemap.theory.limit;

/** The attracting fixed point of the correlation map at a fixed point q* of the variance map. */
final class CorrelationFixedPoint {
  private static final int MAX_STEPS = 500;
  private static final double TOLERANCE = 1e-15;

  /** Newton's steps shrink by squares from here on, until they are rounding. */
  private static final double CLOSE = 1e-8;

  private CorrelationFixedPoint() {}

  /**
   * 1 − c*, exact also near c* = 1; 0 where χ₁ ≤ 1.
   *
   * <p>With δ = 1 − c, the map takes δ to δ g(δ), and g falls from χ₁ at δ = 0 to at most 1 at δ =
   * 1: the map is a power series in c with coefficients ≥ 0 (Daniely, Frostig and Singer 2016,
   * lemma 11). The root of g − 1 is simple however close c* is to 1. Newton's method, in √δ where g
   * has a kink's root in it, kept in its bracket by bisection.
   */
  static double oneMinusCStar(LayerStatistics layer) {
    if (!(layer.chi1() > 1) || layer.isHomogeneous()) {
      return 0;
    }
    if (layer.isOddWithoutBias()) {
      return 1;
    }
    double atOne = layer.nextOneMinusC(1) - 1;
    if (atOne >= 0) {
      return 1;
    }
    double low = 0;
    double high = 1;
    double delta = (layer.chi1() - 1) / (layer.chi1() - 1 - atOne);
    double before = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MAX_STEPS; i++) {
      double excess = layer.nextOneMinusC(delta) - delta;
      if (excess > 0) {
        low = delta;
      } else {
        high = delta;
      }
      // δ g′ = (map′ − map/δ); at q* the map's slope is χ(c).
      double slope = layer.chiC(delta) - 1 - excess / delta;
      double next = delta - excess / slope;
      double step = Math.abs(next - delta) / delta;
      if (step <= TOLERANCE || (step >= before / 4 && before < CLOSE)) {
        return delta;
      }
      before = step;
      delta = next > low && next < high ? next : 0.5 * (low + high);
    }
    return delta;
  }
}
