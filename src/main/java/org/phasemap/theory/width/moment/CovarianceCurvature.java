package org.phasemap.theory.width.moment;

/**
 * Second derivatives of E φ_aφ_b with respect to the kernel K = (K_aa, K_bb, K_ab), and of E φ_a²
 * with respect to K_aa; by Price's theorem they are moments of derivatives of φ.
 *
 * @param variance d²V/dq²
 * @param kk ∂²/∂K_ab² = E φ″_aφ″_b
 * @param ka ∂²/∂K_ab∂K_aa = ½ E φ‴_aφ′_b
 * @param aa ∂²/∂K_aa² = ¼ E φ⁗_aφ_b
 * @param ab ∂²/∂K_aa∂K_bb = ¼ E φ″_aφ″_b
 */
public record CovarianceCurvature(double variance, double kk, double ka, double aa, double ab) {
  private static final double NEAR_ONE = 1e-3;

  /**
   * Near c = 1, where moments of derivatives lose their digits, the pair is taken for one input.
   */
  static CovarianceCurvature of(FourPointMoments m, double variance, double c) {
    return 1 - Math.abs(c) < NEAR_ONE
        ? new CovarianceCurvature(variance, 0, 0, 0.5 * variance, 0)
        : new CovarianceCurvature(
            variance, m.bends(), 0.5 * m.thirdSlope(), 0.25 * m.fourthPhi(), 0.25 * m.bends());
  }

  /** Σ second derivatives times covariances, for one pair. */
  public double dot(PairCovariance k) {
    return kk * k.pair() + 4 * ka * k.touching() + 2 * aa * k.same() + 2 * ab * k.across();
  }
}
