package org.phasemap.theory.limit;

import org.phasemap.theory.dual.GaussianMoments;

/**
 * A point of the edge of chaos: χ₁ = 1 at a fixed point of the variance map.
 *
 * @param sigmaW2 σ_w²
 * @param sigmaB2 σ_b²
 * @param qStar q*; 0 for the classes that are critical without bias; NaN for scale-free
 *     activations, where no q is special
 * @param chiQ slope of the variance map there; exactly 1 at q* = 0
 * @param stability what q* does to signals close to it; at q* = 0 the next order decides
 */
public record CriticalPoint(
    double sigmaW2, double sigmaB2, double qStar, double chiQ, Stability stability) {

  /** Whether q* attracts, so that deep networks stay at it. */
  public boolean stable() {
    return stability != Stability.REPELLING;
  }

  /** The critical point at a q* &gt; 0, where σ_w² = 1/E φ′². */
  static CriticalPoint at(GaussianMoments moments, double sigmaB2) {
    double sigmaW2 = 1 / moments.derivativeSecondMoment();
    LayerLaw law = new LayerLaw(moments.activation(), sigmaW2, sigmaB2);
    FixedPoint point = FixedPoint.at(law, moments.q());
    return new CriticalPoint(sigmaW2, sigmaB2, moments.q(), point.chiQ(), point.stability());
  }
}
