package org.phasemap.analysis.regress;

import java.util.Arrays;

/**
 * Benjamini and Hochberg's procedure (1995). Among what it finds, the expected share of false finds
 * is at most the level; where nothing has changed, every find is false, so that the probability of
 * any is at most the level too. This holds for independent tests and for tests that depend
 * positively, as those of one network's quantities and of cells with common random numbers do. For
 * any dependence at all the level would have to be divided by ln m (Benjamini and Yekutieli 2001),
 * which would cost power. {@code NullPairsTest} measures the rate of false alarms.
 */
final class FalseDiscovery {
  private FalseDiscovery() {}

  /**
   * The largest p that is found; 0 where none is.
   *
   * @param p of some tests; the others have p = 1
   * @param tests in all
   */
  static double threshold(double[] p, long tests, double level) {
    double[] sorted = p.clone();
    Arrays.sort(sorted);
    for (int k = sorted.length; k > 0; k--) {
      if (sorted[k - 1] <= level * k / tests) {
        return Math.max(sorted[k - 1], Double.MIN_VALUE);
      }
    }
    return 0;
  }
}
