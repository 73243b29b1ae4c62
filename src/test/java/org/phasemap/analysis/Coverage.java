package org.phasemap.analysis;

import java.util.Locale;

/** Counts of how often intervals hold the truth; an open end misses nothing. */
final class Coverage {
  private long intervals;
  private long below;
  private long above;
  private long open;

  /** Takes an interval; NaN ends are open. */
  void add(double truth, double low, double high) {
    intervals++;
    below += truth < low ? 1 : 0;
    above += truth > high ? 1 : 0;
    open += low > 0 ? 0 : 1;
    open += high < Double.POSITIVE_INFINITY ? 0 : 1;
  }

  void add(Coverage other) {
    intervals += other.intervals;
    below += other.below;
    above += other.above;
    open += other.open;
  }

  /** The share of intervals that hold the truth. */
  double share() {
    return 1 - (double) (below + above) / intervals;
  }

  /** What 2.5 % a closed end would leave. */
  double nominal() {
    return 1 - 0.025 * (2 * intervals - open) / intervals;
  }

  /** Of {@link #share} at that level. */
  double standardError() {
    return Math.sqrt(0.05 * 0.95 / intervals);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f (%.0f)", 100 * share(), 100.0 * open / (2 * intervals));
  }
}
