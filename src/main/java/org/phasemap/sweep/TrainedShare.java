package org.phasemap.sweep;

import java.util.Map;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/** P(trained) of a cell and its confidence interval (Wilson 1927). */
final class TrainedShare {
  private static final double CONFIDENCE = 0.95;

  private TrainedShare() {}

  /**
   * The columns' names and their values.
   *
   * @param trained of the measured replicates
   * @param measured at least one
   */
  static Map<String, Double> of(long trained, long measured) {
    ConfidenceInterval interval =
        new WilsonScoreInterval().createInterval((int) measured, (int) trained, CONFIDENCE);
    return Map.of(
        "p_trained",
        (double) trained / measured,
        "p_trained_low",
        rounded(interval.getLowerBound()),
        "p_trained_high",
        rounded(interval.getUpperBound()));
  }

  /** So that the ends are exactly 0 and 1 where they should be. */
  private static double rounded(double x) {
    return Math.round(x * 1e12) / 1e12;
  }
}
