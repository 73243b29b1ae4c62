package org.phasemap.theory;

/**
 * A fixed point of the variance map.
 *
 * @param q q*
 * @param chi1 σ_w² E φ′² there
 * @param chiQ slope of the map there; where it is exactly 1 at q* = 0, the secant slope up to q =
 *     1e-6, because the next order decides
 */
public record FixedPoint(double q, double chi1, double chiQ) {
  private static final double MARGIN = 1e-9;
  private static final double SECANT = 1e-6;

  /** Whether q* attracts, at least from one side. */
  public boolean stable() {
    return chiQ <= 1 + MARGIN;
  }

  /** The slopes of a law at a known fixed point. */
  static FixedPoint at(LayerLaw law, double q) {
    double chiQ = SignalMaps.slope(law, q);
    if (q == 0 && Math.abs(chiQ - 1) <= MARGIN) {
      chiQ = SignalMaps.nextQ(law, SECANT) / SECANT;
    }
    double slopes = new GaussianMoments(law.activation(), q).derivativeSecondMoment();
    return new FixedPoint(q, law.sigmaW2() * slopes, chiQ);
  }
}
