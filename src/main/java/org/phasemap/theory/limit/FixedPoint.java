package org.phasemap.theory.limit;

import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.dual.OneSidedSlopes;

/**
 * A fixed point of the variance map.
 *
 * @param q q*
 * @param chi1 σ_w² E φ′² there
 * @param chiQ slope of the map there; at q* = 0 its limit, σ_w² times {@link
 *     OneSidedSlopes#meanSquareSlope}
 * @param stability whether it attracts; the next order decides where χ_q = 1
 */
public record FixedPoint(double q, double chi1, double chiQ, Stability stability) {
  /** What a root of 1e-15 relative error leaves of χ_q − 1 at a half-stable point, with room. */
  private static final double MARGIN = 1e-9;

  /** Relative error of Gaussian moments: a slope this close to 1 is 1. */
  private static final double ROUNDING = 1e-13;

  /** Whether q* attracts, at least from one side. */
  public boolean stable() {
    return stability != Stability.REPELLING;
  }

  /** The slopes of a law at a known fixed point. */
  static FixedPoint at(LayerLaw law, double q) {
    double chiQ = SignalMaps.slope(law, q);
    double slopes = new GaussianMoments(law.activation(), q).derivativeSecondMoment();
    return new FixedPoint(q, law.sigmaW2() * slopes, chiQ, stability(law, q, chiQ));
  }

  private static Stability stability(LayerLaw law, double q, double chiQ) {
    if (q == 0 && isOne(chiQ)) {
      return Stability.atCriticality(law.activation());
    }
    if (q > 0 && law.activation().hasOneAttractor()) {
      return Stability.ATTRACTING;
    }
    if (q > 0 && Math.abs(chiQ - 1) <= MARGIN) {
      return Stability.HALF_STABLE;
    }
    return chiQ < 1 ? Stability.ATTRACTING : Stability.REPELLING;
  }

  /** Whether a slope differs from 1 by rounding at most. */
  static boolean isOne(double slope) {
    return Math.abs(slope - 1) <= ROUNDING;
  }
}
