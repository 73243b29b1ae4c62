package org.phasemap.theory.width.moment;

import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.ActivationTable;
import org.phasemap.theory.gauss.NormalRule;

/**
 * Moments of one input's φ and φ′ given the shared normal s: over t at x = shared s + own t.
 *
 * @param phi E φ
 * @param phi2 E φ²
 * @param phi3 E φ³
 * @param phi4 E φ⁴
 * @param slope E φ′
 * @param slope2 E φ′²
 * @param slope4 E φ′⁴
 * @param slopeX E φ′x
 * @param phiSlopeX E φφ′x
 * @param slope2phi2 E φ′²φ²
 * @param bend E φ″, as this and the next two by parts; NaN without an own part
 * @param bendX E φ″x
 * @param bendX2 E φ″x²
 */
record ConditionalMoments(
    double phi,
    double phi2,
    double phi3,
    double phi4,
    double slope,
    double slope2,
    double slope4,
    double slopeX,
    double phiSlopeX,
    double slope2phi2,
    double bend,
    double bendX,
    double bendX2) {
  /** Where the own part is below rounding the inputs are equal. */
  private static final double EQUAL = 1e-9;

  /** At every node s of a symmetric rule. */
  static ConditionalMoments[] of(Activation f, NormalRule rule, double shared, double own) {
    ActivationTable table = ActivationTable.of(f);
    int n = rule.size();
    ConditionalMoments[] given = new ConditionalMoments[n];
    if (own <= EQUAL * shared) {
      for (int i = 0; i < n; i++) {
        given[i] = sum(table, NormalRule.POINT, shared * rule.node[i], 0);
      }
      return given;
    }
    boolean uniform = NormalRule.isUniform(f, own);
    NormalRule inner = NormalRule.of(f, 0, own);
    for (int i = f.isOdd() ? n / 2 : 0; i < n; i++) {
      double mean = shared * rule.node[i];
      given[i] = sum(table, uniform ? inner : NormalRule.of(f, mean, own), mean, own);
    }
    for (int i = 0; f.isOdd() && i < n / 2; i++) {
      given[i] = given[n - 1 - i].mirrored();
    }
    return given;
  }

  private static ConditionalMoments sum(
      ActivationTable table, NormalRule rule, double mean, double own) {
    int n = rule.size();
    double[] x = new double[n];
    double[] value = new double[n];
    double[] slope = new double[n];
    for (int j = 0; j < n; j++) {
      x[j] = mean + own * rule.node[j];
    }
    table.read(x, n, value, slope);
    double phi = 0;
    double phi2 = 0;
    double phi3 = 0;
    double phi4 = 0;
    double slope1 = 0;
    double slope2 = 0;
    double slope4 = 0;
    double slopeX = 0;
    double phiSlopeX = 0;
    double slope2phi2 = 0;
    double bend = 0;
    double bendX = 0;
    double bendX2 = 0;
    for (int j = 0; j < n; j++) {
      double t = rule.node[j];
      double w = rule.weight[j];
      double v = value[j];
      double d = slope[j];
      double wv = w * v;
      double wv2 = wv * v;
      double wd = w * d;
      double d2 = d * d;
      double wdx = wd * x[j];
      phi += wv;
      phi2 += wv2;
      phi3 += wv2 * v;
      phi4 += wv2 * v * v;
      slope1 += wd;
      slope2 += w * d2;
      slope4 += w * d2 * d2;
      slopeX += wdx;
      phiSlopeX += wdx * v;
      slope2phi2 += wv2 * d2;
      bend += wd * t;
      bendX += wdx * t - wd * own;
      bendX2 += wdx * (x[j] * t - 2 * own);
    }
    return new ConditionalMoments(
        phi,
        phi2,
        phi3,
        phi4,
        slope1,
        slope2,
        slope4,
        slopeX,
        phiSlopeX,
        slope2phi2,
        bend / own,
        bendX / own,
        bendX2 / own);
  }

  /** Of an odd φ at −s. */
  private ConditionalMoments mirrored() {
    return new ConditionalMoments(
        -phi,
        phi2,
        -phi3,
        phi4,
        slope,
        slope2,
        slope4,
        -slopeX,
        phiSlopeX,
        slope2phi2,
        -bend,
        bendX,
        -bendX2);
  }
}
