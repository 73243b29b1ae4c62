package org.phasemap.analysis;

import java.util.Arrays;

/** Quantiles of samples that may hold infinities. */
final class Quantiles {
  private Quantiles() {}

  /** The value below which a share of the sample lies, NaN left out. */
  static double of(double[] sample, double share) {
    double[] sorted = Arrays.stream(sample).filter(x -> !Double.isNaN(x)).sorted().toArray();
    int index = (int) Math.floor(share * sorted.length);
    return sorted.length == 0 ? Double.NaN : sorted[Math.min(index, sorted.length - 1)];
  }
}
