package org.phasemap.rows;

import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * P(trained) of a cell and its 95 % confidence interval (Wilson 1927).
 *
 * @param estimate trained over measured
 * @param low end of the interval
 * @param high end
 */
record TrainedShare(double estimate, double low, double high) {
  private static final double CONFIDENCE = 0.95;

  /**
   * Of a cell's replicates.
   *
   * @param trained of the measured ones
   * @param measured at least one
   */
  static TrainedShare of(long trained, long measured) {
    ConfidenceInterval interval =
        new WilsonScoreInterval().createInterval((int) measured, (int) trained, CONFIDENCE);
    return new TrainedShare(
        (double) trained / measured,
        rounded(interval.getLowerBound()),
        rounded(interval.getUpperBound()));
  }

  /** So that the ends are exactly 0 and 1 where they should be. */
  private static double rounded(double x) {
    return Math.round(x * 1e12) / 1e12;
  }
}
