package org.phasemap.theory.architecture.attention;

import java.util.Arrays;

/**
 * E u^k e^{−u} for k = 0 … 4 and E s u e^{−u}, u = e^{x+s}, s ~ N(0, v): what is left of moments of a
 * softmax once its denominator is written as an integral. The trapezoidal rule in s converges as
 * exp(−π²/step), because e^{−u} is analytic for |Im x| &lt; π/2.
 */
final class LogExponential {
  /** In units of x. */
  static final double STEP = 0.25;

  /** The widest step in standard deviations: exp(−2π²/step²) is 1e-34. */
  static final double WIDEST = 0.5;

  /** Standard deviations, with room for the tilt by u⁴. */
  private static final double REACH = 14;

  /** e^{−u} is 0 beyond. */
  private static final double GONE = 745;

  static final int POWERS = 5;

  private final double[] logit;
  private final double[] factor;
  private final double[] weight;

  LogExponential(double variance) {
    double deviation = Math.sqrt(variance);
    double step = Math.min(WIDEST, STEP / deviation);
    int half = deviation > 0 ? half(step) : 0;
    logit = new double[2 * half + 1];
    factor = new double[logit.length];
    weight = weights(half, step);
    for (int i = 0; i < logit.length; i++) {
      logit[i] = deviation * step * (i - half);
      factor[i] = Math.exp(logit[i]);
    }
  }

  /** Nodes on each side of 0. */
  static int half(double step) {
    return (int) Math.ceil(REACH / step);
  }

  /** Of a normal law, at multiples of a step. */
  static double[] weights(int half, double step) {
    double[] weight = new double[2 * half + 1];
    double total = 0;
    for (int i = 0; i < weight.length; i++) {
      double z = (i - half) * step;
      weight[i] = half == 0 ? 1 : Math.exp(-0.5 * z * z);
      total += weight[i];
    }
    for (int i = 0; i < weight.length; i++) {
      weight[i] /= total;
    }
    return weight;
  }

  /**
   * At x: the moments of order 0 … powers − 1, and where there is room E s u e^{−u} behind all.
   *
   * @param moments POWERS + 1 numbers, or fewer powers
   */
  void at(double x, double[] moments) {
    Arrays.fill(moments, 0);
    double t = Math.exp(x);
    for (int i = 0; i < factor.length; i++) {
      double u = t * factor[i];
      if (u > GONE) {
        break;
      }
      double term = weight[i] * Math.exp(-u);
      if (moments.length > POWERS) {
        moments[POWERS] += logit[i] * term * u;
      }
      for (int k = 0; k < Math.min(POWERS, moments.length); k++) {
        moments[k] += term;
        term *= u;
      }
    }
  }
}
