package org.phasemap.theory.architecture.convolution;

import java.util.Arrays;
import org.phasemap.theory.OutsideDomainException;

/**
 * The taps of a convolution of stride 1 along one dimension, centred with (k − 1)/2 of them,
 * rounded down, to the left. Images and kernels of more dimensions are products.
 *
 * @param size number of positions, ≥ 1
 * @param kernel k, number of taps, ≥ 1
 * @param padding what lies outside
 */
public record Taps(int size, int kernel, Padding padding) {
  private static final int MOST_STEPS = 200_000;

  public Taps {
    OutsideDomainException.unless(
        size >= 1 && kernel >= 1, "size and kernel must be >= 1: " + size + ", " + kernel);
    OutsideDomainException.unless(
        padding != Padding.REFLECT || kernel / 2 < size,
        "reflect padding of a kernel of " + kernel + " needs more than " + size + " positions");
  }

  /** The position that a tap of an output position reads, or {@link Padding#OUTSIDE}. */
  int source(int position, int tap) {
    return padding.source(position + tap - (kernel - 1) / 2, size);
  }

  /** A v: the mean over the taps of each position; those outside count as 0. */
  public double[] average(double[] v) {
    double[] next = new double[size];
    for (int i = 0; i < size; i++) {
      for (int tap = 0; tap < kernel; tap++) {
        int from = source(i, tap);
        next[i] += from == Padding.OUTSIDE ? 0 : v[from] / kernel;
      }
    }
    return next;
  }

  /** Aᵀ g: what the outputs' second moments of gradients leave at each input. */
  public double[] transposed(double[] g) {
    double[] next = new double[size];
    for (int i = 0; i < size; i++) {
      for (int tap = 0; tap < kernel; tap++) {
        int to = source(i, tap);
        if (to != Padding.OUTSIDE) {
          next[to] += g[i] / kernel;
        }
      }
    }
    return next;
  }

  /** Whether mirroring the positions changes nothing. */
  boolean isMirrored() {
    return kernel % 2 == 1;
  }

  /**
   * Of A: 1, but for zero padding; (1 + 2 cos(π/(size + 1)))/3 for its k = 3. Two taps make A
   * triangular, with ½ as its only eigenvalue.
   */
  double largestEigenvalue() {
    if (padding != Padding.ZERO) {
      return 1;
    }
    if (kernel == 2) {
      return 0.5;
    }
    return kernel == 3 ? (1 + 2 * Math.cos(Math.PI / (size + 1))) / 3 : powerIteration();
  }

  private double powerIteration() {
    double[] v = new double[size];
    Arrays.fill(v, 1);
    double rate = 0;
    for (int i = 0; i < MOST_STEPS; i++) {
      double[] next = average(v);
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

  /** Mean over positions after some averages, from 1 everywhere. */
  double mean(int layers) {
    double[] v = new double[size];
    Arrays.fill(v, 1);
    for (int l = 0; l < layers; l++) {
      v = average(v);
    }
    return Arrays.stream(v).sum() / size;
  }
}
