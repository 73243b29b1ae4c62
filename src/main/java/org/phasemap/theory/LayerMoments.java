package org.phasemap.theory;

import org.phasemap.network.Activation;

/**
 * What finite-width corrections take from φ at one (q, c).
 *
 * @param q variance of the pre-activations
 * @param c their correlation
 * @param four moments of up to four inputs
 * @param curvature of the kernel's map
 * @param slopeGrowth d ln E φ′²/dq
 * @param slopeCurvature (d²/dq² E φ′²)/E φ′²
 */
record LayerMoments(
    double q,
    double c,
    FourPointMoments four,
    CovarianceCurvature curvature,
    double slopeGrowth,
    double slopeCurvature) {
  /** Relative changes of q and 1 − c below this are no change. */
  private static final double SETTLED = 1e-9;

  static LayerMoments of(Activation f, double q, double c) {
    FourPointMoments four = FourPointMoments.of(f, q, c);
    if (FourPointMoments.isScaleFree(f, q)) {
      return new LayerMoments(q, c, four, CovarianceCurvature.of(four, 0, c), 0, 0);
    }
    NormalRule rule = NormalRule.of(f, 0, Math.sqrt(q));
    int n = rule.size();
    double[] x = new double[n];
    double[] value = new double[n];
    double[] slope = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = Math.sqrt(q) * rule.node[i];
    }
    ActivationTable.of(f).read(x, n, value, slope);
    double slope2 = 0;
    double slopeGrowth = 0;
    double slopeCurvature = 0;
    double variance = 0;
    for (int i = 0; i < n; i++) {
      double z2 = rule.node[i] * rule.node[i];
      double square = rule.weight[i] * slope[i] * slope[i];
      double fourth = (z2 - 6) * z2 + 3;
      slope2 += square;
      slopeGrowth += (z2 - 1) * square;
      slopeCurvature += fourth * square;
      variance += rule.weight[i] * fourth * value[i] * value[i];
    }
    double unit = 4 * q * q;
    return new LayerMoments(
        q,
        c,
        four,
        CovarianceCurvature.of(four, variance / unit, c),
        slopeGrowth / (2 * q * slope2),
        slopeCurvature / (unit * slope2));
  }

  /** These, if they hold at (q, c) too. */
  LayerMoments at(Activation f, double otherQ, double otherC) {
    boolean settled =
        Math.abs(otherQ - q) <= SETTLED * q && Math.abs(otherC - c) <= SETTLED * (1 - c);
    return settled ? this : of(f, otherQ, otherC);
  }
}
