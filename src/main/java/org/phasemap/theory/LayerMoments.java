package org.phasemap.theory;

import org.phasemap.network.Activation;

/**
 * What a layer of finite width takes from φ at one (q, c), within 1e-3.
 *
 * @param q variance of the pre-activations
 * @param oneMinusC 1 − their correlation
 * @param phi2 E φ²
 * @param slope2 E φ′²
 * @param four moments of up to four inputs
 * @param curvature of the kernel's map
 * @param slopeGrowth d ln E φ′²/dq
 * @param slopeCurvature (d²/dq² E φ′²)/E φ′²
 */
record LayerMoments(
    double q,
    double oneMinusC,
    double phi2,
    double slope2,
    FourPointMoments four,
    CovarianceCurvature curvature,
    double slopeGrowth,
    double slopeCurvature) {
  /** Relative changes of q and 1 − c below this are no change. */
  private static final double SETTLED = 1e-9;

  /** Below this E φ² − E φ_aφ_b has no digits left, and is q(1 − c) E φ′². */
  private static final double NEARLY_EQUAL = 1e-9;

  static LayerMoments of(Activation f, double q, double oneMinusC) {
    double c = 1 - oneMinusC;
    FourPointMoments four = FourPointMoments.of(f, q, c);
    SingleMoments single = SingleMoments.of(f, q);
    return new LayerMoments(
        q,
        oneMinusC,
        single.phi2(),
        single.slope2(),
        four,
        CovarianceCurvature.of(four, single.curvature(), c),
        single.slopeGrowth(),
        single.slopeCurvature());
  }

  /** These, if they hold at (q, c) too. */
  LayerMoments at(Activation f, double otherQ, double other) {
    boolean settled =
        Math.abs(otherQ - q) <= SETTLED * q && Math.abs(other - oneMinusC) <= SETTLED * oneMinusC;
    return settled ? this : of(f, otherQ, other);
  }

  /** E φ² − E φ_aφ_b. */
  double deficit() {
    return oneMinusC < NEARLY_EQUAL ? q * oneMinusC * slope2 : four.phi2() - four.product();
  }
}
