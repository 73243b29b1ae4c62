package org.phasemap.theory.width;

/**
 * Moments of the logarithm of a sum of many independent terms, from the cumulants of one term: ln
 * of the sum over its mean is a power series in ε, whose moments fall by powers of 1/n. Where n is
 * in the thousands this has every digit, and a Laplace integral or a binomial sum loses them.
 */
final class LogSumSeries {
  /** Powers of ε. What follows is below 1e-9 of the variance from n = 1000 on. */
  private static final int ORDER = 14;

  private LogSumSeries() {}

  /** Mean and variance of ln(χ²_K + a²χ²_{n−K}), K ~ Bin(n, ½), n &gt; 1000. */
  static double[] ofRectifiedSquares(double a, int n) {
    double[] moments = new double[ORDER + 1];
    moments[0] = 1;
    double gaussian = 1;
    for (int r = 1; r <= ORDER; r++) {
      gaussian *= 2 * r - 1;
      moments[r] = gaussian * 0.5 * (1 + Math.pow(a, 2 * r));
    }
    double[] around = ofDeviation(cumulants(moments), n);
    double mean = 0;
    double square = 0;
    double harmonic = 0;
    for (int r = 2; r <= ORDER; r++) {
      harmonic += 1.0 / (r - 1);
      double term = (r % 2 == 0 ? 1 : -1) * around[r] / r;
      mean -= term;
      square += 2 * harmonic * term;
    }
    return new double[] {Math.log(n * moments[1]) + mean, square - mean * mean};
  }

  private static double[] cumulants(double[] moments) {
    double[] cumulants = new double[ORDER + 1];
    for (int r = 1; r <= ORDER; r++) {
      double rest = moments[r];
      double choose = 1;
      for (int j = 1; j < r; j++) {
        rest -= choose * cumulants[j] * moments[r - j];
        choose = choose * (r - j) / j;
      }
      cumulants[r] = rest;
    }
    return cumulants;
  }

  /** E ε^r of the sum of n terms over its mean, less 1. */
  private static double[] ofDeviation(double[] cumulants, int n) {
    double[] moments = new double[ORDER + 1];
    moments[0] = 1;
    double size = n * cumulants[1];
    for (int r = 1; r <= ORDER; r++) {
      double choose = r - 1;
      for (int j = 2; j <= r; j++) {
        moments[r] += choose * n * cumulants[j] / Math.pow(size, j) * moments[r - j];
        choose = choose * (r - j) / j;
      }
    }
    return moments;
  }
}
