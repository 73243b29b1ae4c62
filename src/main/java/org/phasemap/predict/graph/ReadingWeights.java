package org.phasemap.predict.graph;

import org.jspecify.annotations.Nullable;

/**
 * By how much a mean square changes with what readings find and with the variances of streams:
 * weights of each kind of input and position; null of what does not reach it.
 *
 * @param readings by number
 * @param streams by node
 */
@SuppressWarnings("ArrayRecordComponent") // filled where it is made
record ReadingWeights(double[] @Nullable [] readings, double[] @Nullable [] streams) {
  /** Adds a multiple at a place. */
  static void add(double[] @Nullable [] sums, int at, double factor, double[] weights) {
    double[] sum = sums[at];
    if (sum == null) {
      sum = new double[weights.length];
      sums[at] = sum;
    }
    for (int k = 0; k < sum.length; k++) {
      sum[k] += factor * weights[k];
    }
  }

  /** The same with a factor of each. */
  static void add(double[] @Nullable [] sums, int at, double[] factor, double[] weights) {
    double[] each = weights.clone();
    for (int k = 0; k < each.length; k++) {
      each[k] *= factor[k];
    }
    add(sums, at, 1, each);
  }
}
