package org.phasemap.theory.architecture.convolution;

import org.phasemap.network.Activation;
import org.phasemap.network.Tail;
import org.phasemap.theory.gauss.GaussianSample;

/**
 * What a max pool makes of windows of p Gaussian numbers each: M = max φ(z_i), and where its
 * gradient goes, which is to the number that is largest. These are Gaussian integrals of up to 2p
 * dimensions without a closed form; they are averages over the points of a {@link GaussianSample}.
 * Of 16,384 points and windows of four, E M² and E MM′ are within 1e-3 of E M², and each E φ′φ′
 * within 4e-3; errors fall as the number of points.
 */
public final class WindowMaxima {
  private final Activation activation;
  private final int size;
  private final boolean isIncreasing;

  /**
   * Of a φ.
   *
   * @param size points, a power of two
   */
  public WindowMaxima(Activation activation, int size) {
    this.activation = activation;
    this.size = size;
    isIncreasing = isIncreasing(activation);
  }

  /**
   * Of one window.
   *
   * @param mean E M
   * @param secondMoment E M²
   * @param slopes E φ′(z_i)² where z_i is the largest, else 0, for each i
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  public record One(double mean, double secondMoment, double[] slopes) {}

  /**
   * Of two windows.
   *
   * @param deficit ½ E (M − M′)²
   * @param slopes E φ′(z_i) φ′(z′_j) where both are the largest, else 0, for each i and j
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  public record Two(double deficit, double[][] slopes) {}

  /**
   * Of a window.
   *
   * @param k covariance of its numbers, p × p
   */
  public One one(double[][] k) {
    Window window = new Window(GaussianSample.of(k, size));
    double mean = 0;
    double secondMoment = 0;
    double[] slopes = new double[k.length];
    for (int n = 0; n < size; n++) {
      double value = window.value[n];
      double slope = window.slope[n];
      mean += value;
      secondMoment += value * value;
      slopes[window.largest[n]] += slope * slope / size;
    }
    return new One(mean / size, secondMoment / size, slopes);
  }

  /**
   * Of two windows of one size.
   *
   * @param k covariance of the numbers of the first, then of what those of the second have more, 2p
   *     × 2p: windows that are nearly alike keep their differences so
   */
  public Two two(double[][] k) {
    int p = k.length / 2;
    double[][] points = GaussianSample.of(k, size);
    double[][] first = new double[p][];
    double[][] second = new double[p][];
    for (int i = 0; i < p; i++) {
      first[i] = points[i];
      second[i] = points[p + i];
      for (int n = 0; n < size; n++) {
        second[i][n] += first[i][n];
      }
    }
    Window left = new Window(first);
    Window right = new Window(second);
    double deficit = 0;
    double[][] slopes = new double[p][p];
    for (int n = 0; n < size; n++) {
      double gap = left.value[n] - right.value[n];
      deficit += gap * gap;
      slopes[left.largest[n]][right.largest[n]] += left.slope[n] * right.slope[n] / size;
    }
    return new Two(0.5 * deficit / size, slopes);
  }

  /** At every point, M, its φ′ and the place of it; the first of equal ones. */
  private final class Window {
    private final double[] value = new double[size];
    private final double[] slope = new double[size];
    private final int[] largest = new int[size];

    Window(double[][] z) {
      for (int n = 0; n < size; n++) {
        int best = 0;
        double most = rank(z[0][n]);
        for (int i = 1; i < z.length; i++) {
          double rank = rank(z[i][n]);
          if (rank > most) {
            best = i;
            most = rank;
          }
        }
        largest[n] = best;
        value[n] = activation.value(z[best][n]);
        slope[n] = activation.derivative(z[best][n]);
      }
    }
  }

  private double rank(double z) {
    return isIncreasing ? z : activation.value(z);
  }

  /** Whether φ falls nowhere; the largest of φ is then φ of the largest. */
  private static boolean isIncreasing(Activation activation) {
    boolean rises = activation.tail() != Tail.WAVE && activation.turns().isEmpty();
    double[] kinks = activation.kinks();
    double from = kinks.length == 0 ? 0 : kinks[0] - 1;
    rises &= activation.derivative(from) >= 0;
    for (int i = 0; i < kinks.length; i++) {
      double next = i + 1 < kinks.length ? 0.5 * (kinks[i] + kinks[i + 1]) : kinks[i] + 1;
      rises &= activation.derivative(next) >= 0;
    }
    return rises;
  }
}
