package org.phasemap.theory;

import org.phasemap.network.Activation;

/**
 * What a layer of finite width takes from φ at one variance, within 1e-3.
 *
 * @param phi2 E φ²
 * @param slope2 E φ′²
 * @param slopeGrowth d ln E φ′²/dq
 * @param slopeCurvature (d²/dq² E φ′²)/E φ′²
 * @param curvature d²/dq² E φ²
 */
record SingleMoments(
    double phi2, double slope2, double slopeGrowth, double slopeCurvature, double curvature) {

  static SingleMoments of(Activation f, double q) {
    if (FourPointMoments.isScaleFree(f, q)) {
      double limit = f.kind() == Activation.Kind.SIN ? 0.5 : scaleFreeSlope2(f);
      double phi2 = f.kind() == Activation.Kind.SIN ? 0.5 : limit * q;
      return new SingleMoments(phi2, limit, 0, 0, 0);
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
    double curvature = 0;
    for (int i = 0; i < n; i++) {
      double z2 = rule.node[i] * rule.node[i];
      double square = rule.weight[i] * slope[i] * slope[i];
      double fourth = (z2 - 6) * z2 + 3;
      phi2 += rule.weight[i] * value[i] * value[i];
      slope2 += square;
      slopeGrowth += (z2 - 1) * square;
      slopeCurvature += fourth * square;
      curvature += rule.weight[i] * fourth * value[i] * value[i];
    }
    double unit = 4 * q * q;
    return new SingleMoments(
        phi2,
        slope2,
        slopeGrowth / (2 * q * slope2),
        slopeCurvature / (unit * slope2),
        curvature / unit);
  }

  private static double scaleFreeSlope2(Activation f) {
    double right = f.derivative(Double.MAX_VALUE);
    double left = f.derivative(-Double.MAX_VALUE);
    return 0.5 * (right * right + left * left);
  }
}
