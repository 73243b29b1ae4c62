package org.phasemap.predict.graph;

import org.jspecify.annotations.Nullable;

/**
 * By how much a mean square changes with what readings find and with the variances of streams:
 * weights of each kind of position; null of what does not reach it.
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
}
