package org.phasemap.theory.width.moment;

import org.phasemap.network.Activation;
import org.phasemap.network.Tail;
import org.phasemap.theory.gauss.ActivationTable;
import org.phasemap.theory.gauss.NormalRule;

/**
 * What a layer of finite width takes from φ at one variance, within 1e-3.
 *
 * @param phi E φ
 * @param phiGrowth d/dq E φ
 * @param phiCurvature d²/dq² E φ
 * @param phi2 E φ²
 * @param slope2 E φ′²
 * @param slopeGrowth d ln E φ′²/dq
 * @param slopeCurvature (d²/dq² E φ′²)/E φ′²
 * @param curvature d²/dq² E φ²
 */
public record SingleMoments(
    double phi,
    double phiGrowth,
    double phiCurvature,
    double phi2,
    double slope2,
    double slopeGrowth,
    double slopeCurvature,
    double curvature) {

  public static SingleMoments of(Activation f, double q) {
    if (FourPointMoments.isScaleFree(f, q)) {
      return scaleFree(f, q);
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
    double phi = 0;
    double phiGrowth = 0;
    double phiCurvature = 0;
    double phi2 = 0;
    double slope2 = 0;
    double slopeGrowth = 0;
    double slopeCurvature = 0;
    double curvature = 0;
    for (int i = 0; i < n; i++) {
      double z2 = rule.node[i] * rule.node[i];
      double weighted = rule.weight[i] * value[i];
      double square = rule.weight[i] * slope[i] * slope[i];
      double fourth = (z2 - 6) * z2 + 3;
      phi += weighted;
      phiGrowth += (z2 - 1) * weighted;
      phiCurvature += fourth * weighted;
      phi2 += weighted * value[i];
      slope2 += square;
      slopeGrowth += (z2 - 1) * square;
      slopeCurvature += fourth * square;
      curvature += fourth * weighted * value[i];
    }
    double unit = 4 * q * q;
    return new SingleMoments(
        phi,
        phiGrowth / (2 * q),
        phiCurvature / unit,
        phi2,
        slope2,
        slopeGrowth / (2 * q * slope2),
        slopeCurvature / (unit * slope2),
        curvature / unit);
  }

  /** Of sin at a uniform phase, or of a φ with one slope on each side of 0. */
  private static SingleMoments scaleFree(Activation f, double q) {
    if (f.tail() == Tail.WAVE) {
      return new SingleMoments(0, 0, 0, 0.5, 0.5, 0, 0, 0);
    }
    double right = f.derivative(Double.MAX_VALUE);
    double left = f.derivative(-Double.MAX_VALUE);
    double phi = (right - left) * Math.sqrt(q / (2 * Math.PI));
    double slope2 = 0.5 * (right * right + left * left);
    return new SingleMoments(phi, phi / (2 * q), -phi / (4 * q * q), slope2 * q, slope2, 0, 0, 0);
  }
}
