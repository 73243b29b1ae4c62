package org.phasemap.theory;

import org.phasemap.network.Activation;

/**
 * Second derivatives of E φ_aφ_b with respect to the kernel K = (K_aa, K_bb, K_ab), and of E φ_a²
 * with respect to K_aa.
 *
 * @param variance d²V/dq²
 * @param kk ∂²/∂K_ab²
 * @param ka ∂²/∂K_ab∂K_aa
 * @param aa ∂²/∂K_aa²
 * @param ab ∂²/∂K_aa∂K_bb
 */
record CovarianceCurvature(double variance, double kk, double ka, double aa, double ab) {
  private static final double STEP = 1e-3;
  private static final double NEAR_ONE = 1e-3;

  /**
   * By central differences of the dual activation; those along K_aa alone follow from Price's
   * theorem, ab = kk/4. Near c = 1, where the differences lose their digits, the pair is taken for
   * one input.
   */
  static CovarianceCurvature of(Activation f, double q, double c) {
    double variance = new GaussianMoments(f, q).secondMomentCurvature();
    double h = Math.min(STEP, 0.2 * (1 - Math.abs(c)));
    if (1 - Math.abs(c) < NEAR_ONE) {
      return new CovarianceCurvature(variance, 0, 0, 0.5 * variance, 0);
    }
    DualActivation low = DualActivation.of(f, q * (1 - STEP));
    DualActivation mid = DualActivation.of(f, q);
    DualActivation high = DualActivation.of(f, q * (1 + STEP));
    double slopeInC = (mid.derivative(1 - c - h) - mid.derivative(1 - c + h)) / (2 * h);
    double kk = slopeInC / q;
    double slopeInQ = (high.derivative(1 - c) - low.derivative(1 - c)) / (2 * STEP * q);
    double ka = 0.5 * (slopeInQ - c / q * slopeInC);
    // Along K_aa = K_bb = q at fixed K_ab: F″ = 2 aa + 2 ab; by the chain rule from (q, c).
    double kAtLow = c / (1 - STEP);
    double kAtHigh = c / (1 + STEP);
    double bendOfF =
        (high.product(1 - kAtHigh) - 2 * mid.product(1 - c) + low.product(1 - kAtLow))
            / (STEP * q * STEP * q);
    double ab = 0.25 * kk;
    return new CovarianceCurvature(variance, kk, ka, 0.5 * bendOfF - ab, ab);
  }

  /** Σ second derivatives times covariances, for one pair. */
  double dot(PairCovariance k) {
    return kk * k.pair() + 4 * ka * k.touching() + 2 * aa * k.same() + 2 * ab * k.across();
  }
}
