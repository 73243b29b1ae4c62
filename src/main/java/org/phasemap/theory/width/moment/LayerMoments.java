package org.phasemap.theory.width.moment;

import org.phasemap.network.Activation;

/**
 * What a layer of finite width takes from φ at one (q, c), within 1e-3.
 *
 * @param q variance of the pre-activations
 * @param oneMinusC 1 − their correlation
 * @param single moments of one input
 * @param four moments of up to four inputs
 * @param curvature of the kernel's map
 */
public record LayerMoments(
    double q,
    double oneMinusC,
    SingleMoments single,
    FourPointMoments four,
    CovarianceCurvature curvature) {
  /** Relative changes of q and 1 − c below this are no change. */
  private static final double SETTLED = 1e-9;

  /** Below this E φ² − E φ_aφ_b has no digits left, and is q(1 − c) E φ′². */
  private static final double NEARLY_EQUAL = 1e-9;

  public static LayerMoments of(Activation f, double q, double oneMinusC) {
    double c = 1 - oneMinusC;
    FourPointMoments four = FourPointMoments.of(f, q, c);
    SingleMoments single = SingleMoments.of(f, q);
    return new LayerMoments(
        q, oneMinusC, single, four, CovarianceCurvature.of(four, single.curvature(), c));
  }

  /** These, if they hold at (q, c) too. */
  public LayerMoments at(Activation f, double otherQ, double other) {
    boolean settled =
        Math.abs(otherQ - q) <= SETTLED * q && Math.abs(other - oneMinusC) <= SETTLED * oneMinusC;
    return settled ? this : of(f, otherQ, other);
  }

  /** E φ² − E φ_aφ_b. */
  public double deficit() {
    return oneMinusC < NEARLY_EQUAL
        ? q * oneMinusC * single.slope2()
        : four.phi2() - four.product();
  }
}
