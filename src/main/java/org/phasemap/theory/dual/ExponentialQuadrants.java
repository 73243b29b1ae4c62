package org.phasemap.theory.dual;

import org.phasemap.network.Erf;
import org.phasemap.theory.gauss.GaussLegendre;
import org.phasemap.theory.gauss.MillsRatio;

/**
 * Gaussian averages of exponentials over quadrants: what the dual of x⁺ + α(exp(x⁻) − 1) is made
 * of. Each is one integral of a positive function that falls as e^−y, because the other variable's
 * average is closed; pieces double from the finest scale.
 *
 * @param q variance of u and v
 * @param oneMinusC 1 − their correlation, in (0, 2]
 */
record ExponentialQuadrants(double q, double oneMinusC) {
  /** e^−y is below 1e-17 here. */
  private static final double REACH = 40;

  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

  /** E[(e^x − 1)²; x &lt; 0] at variance q, which loses digits where q is small. */
  static double halfSquareOfExpm1(double q) {
    double s = SQRT_HALF * Math.sqrt(q);
    return 0.5 * (Erf.erfcx(2 * s) - 2 * Erf.erfcx(s) + 1);
  }

  /**
   * The averages.
   *
   * @param ramp E[u; u &gt; 0 &gt; v] e^v
   * @param across E[e^v; u &gt; 0 &gt; v]
   * @param beside E[e^v; u, v &lt; 0]
   * @param both E[e^(u + v); u, v &lt; 0]
   */
  record Averages(double ramp, double across, double beside, double both) {}

  Averages averages() {
    double c = 1 - oneMinusC;
    double s = Math.sqrt(q * oneMinusC * (2 - oneMinusC));
    double root = Math.sqrt(q);
    double ramp = 0;
    double across = 0;
    double beside = 0;
    GaussLegendre gauss = GaussLegendre.OF_12;
    double width = Math.max(0.5 * Math.min(1, Math.min(root, s)), 1e-9);
    double end = Math.min(REACH, 9.5 * root);
    for (double from = 0; from < end; ) {
      double to = Math.min(end, from + width);
      for (int i = 0; i < gauss.node.length; i++) {
        double y = 0.5 * (from + to) + 0.5 * (to - from) * gauss.node[i];
        double weight =
            0.5
                * (to - from)
                * gauss.weight[i]
                * Math.exp(-y - 0.5 * y * y / q)
                * INV_SQRT_2PI
                / root;
        double t = -c * y / s;
        double above = 0.5 * Erf.erfc(-t * SQRT_HALF);
        across += weight * above;
        beside += weight * 0.5 * Erf.erfc(t * SQRT_HALF);
        // Of opposite inputs, c = −1, v says u.
        ramp += weight * (s == 0 ? Math.max(0, -c * y) : s * ramp(t, above));
      }
      from = to;
      width = Math.min(2 * width, 3);
    }
    return new Averages(ramp, across, beside, both());
  }

  /** E(t + Z)⁺ = tΦ(t) + n(t), without cancellation for t &lt; 0. */
  private static double ramp(double t, double above) {
    double density = INV_SQRT_2PI * Math.exp(-0.5 * t * t);
    if (t > -3) {
      return t * above + density;
    }
    return density * MillsRatio.complement(-t);
  }

  /** With S = u + v and R = u − v independent: E over R of E[e^S; S &lt; −|R|]. */
  private double both() {
    double rho = Math.sqrt(2 * q * oneMinusC);
    double sigma = Math.sqrt(2 * q * (2 - oneMinusC));
    if (sigma == 0) {
      return 0;
    }
    double sum = 0;
    GaussLegendre gauss = GaussLegendre.OF_12;
    double width = Math.max(0.5 * Math.min(1, Math.min(rho, sigma)), 1e-9);
    double end = Math.min(REACH, 9.5 * Math.min(rho, sigma));
    for (double from = 0; from < end; ) {
      double to = Math.min(end, from + width);
      for (int i = 0; i < gauss.node.length; i++) {
        double r = 0.5 * (from + to) + 0.5 * (to - from) * gauss.node[i];
        double below = Erf.erfcx((r + sigma * sigma) / sigma * SQRT_HALF);
        double weight = (to - from) * gauss.weight[i] * INV_SQRT_2PI / rho;
        sum +=
            weight
                * 0.5
                * below
                * Math.exp(-r - 0.5 * r * r * (1 / (sigma * sigma) + 1 / (rho * rho)));
      }
      from = to;
      width = Math.min(2 * width, 3);
    }
    return sum;
  }
}
