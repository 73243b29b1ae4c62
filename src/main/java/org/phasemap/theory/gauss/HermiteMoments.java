package org.phasemap.theory.gauss;

import org.phasemap.network.Activation;

/**
 * Single-input expectations E g(z), z ~ N(0, q), of powers g of φ and φ′, with their derivatives
 * with respect to q: d^k/dq^k E g = E He_{2k}(Z) g/(2q)^k, which needs no derivative of g.
 *
 * @param phi2 E φ² and four derivatives
 * @param phi4 E φ⁴ and two
 * @param slope2 E φ′² and four
 * @param slope4 E φ′⁴ and two
 * @param slope2phi2 E φ′²φ² and one
 * @param phi6 E φ⁶
 * @param slope6 E φ′⁶
 * @param slope4phi2 E φ′⁴φ²
 * @param slope2phi4 E φ′²φ⁴
 * @param slope3phi E φ′³φ Z
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
public record HermiteMoments(
    double[] phi2,
    double[] phi4,
    double[] slope2,
    double[] slope4,
    double[] slope2phi2,
    double phi6,
    double slope6,
    double slope4phi2,
    double slope2phi4,
    double slope3phi) {

  /** To about 1e-5. */
  public static HermiteMoments of(Activation f, double q) {
    GaussianRule rule = GaussianRule.of(f, q);
    double root = Math.sqrt(q);
    double[] x = rule.values(z -> z, q);
    double[] weight = rule.weights();
    int n = x.length;
    double[] value = new double[n];
    double[] slope = new double[n];
    ActivationTable.of(f).read(x, n, value, slope);
    HermiteMoments sums =
        new HermiteMoments(
            new double[5],
            new double[3],
            new double[5],
            new double[3],
            new double[2],
            0,
            0,
            0,
            0,
            0);
    double phi6 = 0;
    double slope6 = 0;
    double slope4phi2 = 0;
    double slope2phi4 = 0;
    double slope3phi = 0;
    double[] he = new double[5];
    for (int i = 0; i < n; i++) {
      double z2 = x[i] / root * (x[i] / root);
      double w = weight[i];
      he[0] = w;
      he[1] = w * (z2 - 1) / (2 * q);
      he[2] = w * ((z2 - 6) * z2 + 3) / (4 * q * q);
      he[3] = w * (((z2 - 15) * z2 + 45) * z2 - 15) / (8 * q * q * q);
      he[4] = w * ((((z2 - 28) * z2 + 210) * z2 - 420) * z2 + 105) / (16 * q * q * q * q);
      double v = value[i] * value[i];
      double s = slope[i] * slope[i];
      add(sums.phi2, he, v);
      add(sums.phi4, he, v * v);
      add(sums.slope2, he, s);
      add(sums.slope4, he, s * s);
      add(sums.slope2phi2, he, s * v);
      phi6 += w * v * v * v;
      slope6 += w * s * s * s;
      slope4phi2 += w * s * s * v;
      slope2phi4 += w * s * v * v;
      slope3phi += w * x[i] / root * s * slope[i] * value[i];
    }
    return new HermiteMoments(
        sums.phi2,
        sums.phi4,
        sums.slope2,
        sums.slope4,
        sums.slope2phi2,
        phi6,
        slope6,
        slope4phi2,
        slope2phi4,
        slope3phi);
  }

  /** Of a homogeneous φ at variance q, from those at 1. */
  public HermiteMoments scaled(double q) {
    return new HermiteMoments(
        scaled(phi2, q, 1),
        scaled(phi4, q, 2),
        scaled(slope2, q, 0),
        scaled(slope4, q, 0),
        scaled(slope2phi2, q, 1),
        q * q * q * phi6,
        slope6,
        q * slope4phi2,
        q * q * slope2phi4,
        Math.sqrt(q) * slope3phi);
  }

  /** g with its derivatives, where g(q) = q^power g(1). */
  private static double[] scaled(double[] g, double q, int power) {
    double[] scaled = g.clone();
    for (int k = 0; k < g.length; k++) {
      scaled[k] *= Math.pow(q, power - k);
    }
    return scaled;
  }

  private static void add(double[] sum, double[] he, double g) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += he[k] * g;
    }
  }
}
