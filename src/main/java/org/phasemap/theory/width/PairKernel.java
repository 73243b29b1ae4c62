package org.phasemap.theory.width;

import org.phasemap.theory.width.moment.PairCovariance;

/**
 * What random weights make of the kernel of inputs that are alike, each times n.
 *
 * @param cov of the kernel that drew a layer's pre-activations
 * @param fixed Gram covariance that orthogonal weights do not have; zero for independent weights
 * @param spread Cov of the kernels of single units, from weights that are not independent and
 *     normal
 * @param shift E[K_aa − q]
 * @param pairShift E[K_ab − q c]
 * @param drift the share of the shift that the spread makes
 */
record PairKernel(
    PairCovariance cov,
    PairCovariance fixed,
    PairCovariance spread,
    double shift,
    double pairShift,
    double drift) {

  /** What the averages over units of z_az_b inherit. */
  PairCovariance drawn() {
    return cov.plus(fixed, -1);
  }

  /** What the curvature of φ's maps feels. */
  PairCovariance felt() {
    return cov.plus(spread, 1);
  }
}
