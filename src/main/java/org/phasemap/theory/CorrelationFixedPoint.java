package org.phasemap.theory;

/** The attracting fixed point of the correlation map at a fixed point q* of the variance map. */
final class CorrelationFixedPoint {
  private static final int MAX_STEPS = 500;
  private static final double TOLERANCE = 1e-15;

  private CorrelationFixedPoint() {}

  /**
   * 1 − c*, exact also near c* = 1; 0 where χ₁ ≤ 1.
   *
   * <p>The map is a power series in c with coefficients ≥ 0 (Daniely, Frostig and Singer 2016,
   * lemma 11), hence convex on [0, 1], and Newton's method rises from c = 0 to the only root below
   * 1.
   */
  static double oneMinusCStar(LayerStatistics layer) {
    if (!(layer.chi1() > 1) || layer.isHomogeneous()) {
      return 0;
    }
    double delta = 1;
    for (int i = 0; i < MAX_STEPS; i++) {
      double excess = delta - layer.nextOneMinusC(delta);
      double slope = 1 - layer.chiC(delta);
      double step = excess / slope;
      // Past the minimum of the convex excess there is no root but c = 1.
      if (!(slope > 0) || step >= delta) {
        return delta * TOLERANCE > Math.abs(excess) ? delta : 0;
      }
      delta -= step;
      if (Math.abs(step) <= TOLERANCE * delta) {
        break;
      }
    }
    return delta;
  }
}
