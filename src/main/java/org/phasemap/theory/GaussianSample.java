package org.phasemap.theory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.phasemap.network.SplitMix64;

/**
 * Points that stand for m jointly Gaussian numbers: a shifted Sobol sequence and its mirror image, with
 * first and second moments made exact. Averages of smooth functions of four of them, such as
 * products of φ, are within about 1 %.
 */
final class GaussianSample {
  private static final int HALF = 2048;

  /** Points. */
  static final int SIZE = 2 * HALF;

  private static final long SHIFT = 1;

  /** A pivot below this share of its variance is rounding. */
  private static final double ROUNDING = 1e-14;

  private static final Map<Integer, double[][]> STANDARD = new ConcurrentHashMap<>();

  private GaussianSample() {}

  /**
   * Points of a law.
   *
   * @param k covariance, m × m; it may be singular
   * @return m × {@value #SIZE}
   */
  static double[][] of(double[][] k) {
    return combined(factor(k), STANDARD.computeIfAbsent(k.length, GaussianSample::standard));
  }

  /** The mean of two functions' product over the points. */
  static double mean(double[] f, double[] g) {
    double even = 0;
    double odd = 0;
    for (int i = 0; i < SIZE; i += 2) {
      even += f[i] * g[i];
      odd += f[i + 1] * g[i + 1];
    }
    return (even + odd) / SIZE;
  }

  private static double[][] standard(int m) {
    NormalDistribution normal = new NormalDistribution();
    SobolSequenceGenerator sobol = new SobolSequenceGenerator(m);
    double[][] x = new double[m][SIZE];
    for (int i = 0; i < HALF; i++) {
      double[] u = sobol.nextVector();
      for (int a = 0; a < m; a++) {
        // A shift of the binary digits: the sequence starts in the corner of the smallest numbers.
        long shifted = (long) (u[a] * HALF) ^ (SplitMix64.at(SHIFT, a) & (HALF - 1));
        x[a][2 * i] = normal.inverseCumulativeProbability((shifted + 0.5) / HALF);
        x[a][2 * i + 1] = -x[a][2 * i];
      }
    }
    double[][] covariance = new double[m][m];
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < m; b++) {
        covariance[a][b] = mean(x[a], x[b]);
      }
    }
    return whitened(factor(covariance), x);
  }

  /** The lower triangular F with F Fᵀ = k. */
  private static double[][] factor(double[][] k) {
    int m = k.length;
    double[][] f = new double[m][m];
    for (int j = 0; j < m; j++) {
      for (int i = j; i < m; i++) {
        double sum = k[i][j];
        for (int t = 0; t < j; t++) {
          sum -= f[i][t] * f[j][t];
        }
        if (i == j) {
          f[j][j] = sum > ROUNDING * k[j][j] ? Math.sqrt(sum) : 0;
        } else {
          f[i][j] = f[j][j] > 0 ? sum / f[j][j] : 0;
        }
      }
    }
    return f;
  }

  private static double[][] combined(double[][] factor, double[][] x) {
    double[][] out = new double[x.length][SIZE];
    for (int a = 0; a < x.length; a++) {
      for (int b = 0; b <= a; b++) {
        double f = factor[a][b];
        for (int i = 0; i < SIZE; i++) {
          out[a][i] += f * x[b][i];
        }
      }
    }
    return out;
  }

  /** F⁻¹ x. */
  private static double[][] whitened(double[][] factor, double[][] x) {
    for (int a = 0; a < x.length; a++) {
      for (int b = 0; b < a; b++) {
        for (int i = 0; i < SIZE; i++) {
          x[a][i] -= factor[a][b] * x[b][i];
        }
      }
      for (int i = 0; i < SIZE; i++) {
        x[a][i] /= factor[a][a];
      }
    }
    return x;
  }
}
