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
    if (FourPointMoments.isScaleFree(f, q)) {
      double limit = f.kind() == Activation.Kind.SIN ? 0.5 : scaleFreeSlope2(f);
      return new LayerMoments(
          q,
          oneMinusC,
          f.kind() == Activation.Kind.SIN ? 0.5 : limit * q,
          limit,
          four,
          CovarianceCurvature.of(four, 0, c),
          0,
          0);
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
    double phi2 = 0;
    double slope2 = 0;
    double slopeGrowth = 0;
    double slopeCurvature = 0;
    double variance = 0;
    for (int i = 0; i < n; i++) {
      double z2 = rule.node[i] * rule.node[i];
      double square = rule.weight[i] * slope[i] * slope[i];
      double fourth = (z2 - 6) * z2 + 3;
      phi2 += rule.weight[i] * value[i] * value[i];
      slope2 += square;
      slopeGrowth += (z2 - 1) * square;
      slopeCurvature += fourth * square;
      variance += rule.weight[i] * fourth * value[i] * value[i];
    }
    double unit = 4 * q * q;
    return new LayerMoments(
        q,
        oneMinusC,
        phi2,
        slope2,
        four,
        CovarianceCurvature.of(four, variance / unit, c),
        slopeGrowth / (2 * q * slope2),
        slopeCurvature / (unit * slope2));
  }

  private static double scaleFreeSlope2(Activation f) {
    double right = f.derivative(Double.MAX_VALUE);
    double left = f.derivative(-Double.MAX_VALUE);
    return 0.5 * (right * right + left * left);
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
