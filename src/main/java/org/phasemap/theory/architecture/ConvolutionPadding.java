package org.phasemap.theory.architecture;

import java.util.Arrays;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.limit.LayerLaw;

/**
 * Variance in a deep convolutional network with SAME padding and stride 1: q_{l+1} = σ_w² A V(q_l)
 * + σ_b², A averaging over the taps of a k × k window that fall inside the image (Xiao et al. 2018,
 * eq. 2.4, with missing taps). Circular padding misses none, and mean field equals that of a dense
 * layer.
 */
public final class ConvolutionPadding {
  private static final int MOST_STEPS = 200_000;

  private ConvolutionPadding() {}

  /** What lies outside the image. */
  public enum Padding {
    /** Zeros: taps are missing at the border. */
    ZERO,
    /** The other side of the image. */
    CIRCULAR
  }

  /**
   * Factor per layer of the mean variance deep in a critical homogeneous network on an h × w image:
   * the largest eigenvalue of A. For k = 3: ((1 + 2 cos(π/(h + 1)))/3)² on a square (row {@code
   * conv_zeropad_rate_8}).
   */
  public static double asymptoticRate(int height, int width, int kernel, Padding padding) {
    return padding == Padding.CIRCULAR
        ? 1
        : largestEigenvalue(height, kernel) * largestEigenvalue(width, kernel);
  }

  /**
   * Mean over pixels of the variance after L layers of a critical homogeneous network, from 1
   * everywhere.
   */
  public static double meanVariance(
      int height, int width, int kernel, int layers, Padding padding) {
    return padding == Padding.CIRCULAR
        ? 1
        : mean(height, kernel, layers) * mean(width, kernel, layers);
  }

  /**
   * Variance at every pixel after L layers of a law, row by row, from q0 everywhere.
   *
   * @return height × width
   */
  public static double[][] profile(
      LayerLaw law, double q0, int height, int width, int kernel, int layers, Padding padding) {
    double[][] q = new double[height][width];
    for (double[] row : q) {
      Arrays.fill(row, q0);
    }
    for (int l = 0; l < layers; l++) {
      double[][] v = new double[height][width];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          v[y][x] = new GaussianMoments(law.activation(), q[y][x]).secondMoment();
        }
      }
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double sum = windowSum(v, y, x, kernel, padding);
          q[y][x] = law.sigmaW2() * sum / (kernel * kernel) + law.sigmaB2();
        }
      }
    }
    return q;
  }

  private static double windowSum(double[][] v, int y, int x, int kernel, Padding padding) {
    int height = v.length;
    int width = v[0].length;
    int before = (kernel - 1) / 2;
    double sum = 0;
    for (int dy = -before; dy < kernel - before; dy++) {
      for (int dx = -before; dx < kernel - before; dx++) {
        int row = y + dy;
        int column = x + dx;
        if (padding == Padding.CIRCULAR) {
          sum += v[Math.floorMod(row, height)][Math.floorMod(column, width)];
        } else if (row >= 0 && row < height && column >= 0 && column < width) {
          sum += v[row][column];
        }
      }
    }
    return sum;
  }

  /** Of the one-dimensional average; A is a product of two. */
  private static double largestEigenvalue(int size, int kernel) {
    if (kernel == 3) {
      return (1 + 2 * Math.cos(Math.PI / (size + 1))) / 3;
    }
    double[] v = new double[size];
    Arrays.fill(v, 1);
    double rate = 0;
    for (int i = 0; i < MOST_STEPS; i++) {
      double[] next = average(v, kernel);
      double along = 0;
      double square = 0;
      double largest = 0;
      for (int j = 0; j < size; j++) {
        along += v[j] * next[j];
        square += v[j] * v[j];
        largest = Math.max(largest, next[j]);
      }
      // The quotient's error is the square of the vector's; a whole image of steps lets borders
      // act.
      double quotient = along / square;
      if (i > size && Math.abs(quotient - rate) < 1e-16) {
        break;
      }
      rate = quotient;
      for (int j = 0; j < size; j++) {
        v[j] = next[j] / largest;
      }
    }
    return rate;
  }

  private static double mean(int size, int kernel, int layers) {
    double[] v = new double[size];
    Arrays.fill(v, 1);
    for (int l = 0; l < layers; l++) {
      v = average(v, kernel);
    }
    double sum = 0;
    for (double x : v) {
      sum += x;
    }
    return sum / size;
  }

  private static double[] average(double[] v, int kernel) {
    int before = (kernel - 1) / 2;
    double[] next = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      for (int d = -before; d < kernel - before; d++) {
        if (i + d >= 0 && i + d < v.length) {
          next[i] += v[i + d] / kernel;
        }
      }
    }
    return next;
  }
}
