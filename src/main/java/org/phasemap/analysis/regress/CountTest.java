package org.phasemap.analysis.regress;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.HypergeometricDistribution;

/** Exact tests of how many networks something happened to. */
final class CountTest {
  /** Probabilities as alike as rounding leaves them count as equal. */
  private static final double ALIKE = 1 + 1e-7;

  private CountTest() {}

  /**
   * McNemar's exact test (1947): of the networks that changed sides as many should have changed to
   * either.
   *
   * @param gained networks that it happens to now alone
   * @param lost networks that it happened to before alone
   * @param networks in all
   */
  static RankTest.Answer mcNemar(int gained, int lost, int networks) {
    int n = gained + lost;
    double least = Math.min(1, 2 * Math.pow(0.5, networks));
    if (n == 0) {
      return new RankTest.Answer(1, least);
    }
    double tail =
        new BinomialDistribution(null, n, 0.5).cumulativeProbability(Math.min(gained, lost));
    return new RankTest.Answer(Math.min(1, 2 * tail), least);
  }

  /**
   * Fisher's exact test (1922), two-sided: the probability of all tables that are no more likely.
   *
   * @param before networks that it happened to, of {@code ofBefore}
   * @param after networks that it happens to now, of {@code ofAfter}
   */
  static RankTest.Answer fisher(int before, int ofBefore, int after, int ofAfter) {
    int total = before + after;
    HypergeometricDistribution law = law(ofBefore, ofAfter, total);
    double seen = law.probability(after) * ALIKE;
    double p = 0;
    for (int k = law.getSupportLowerBound(); k <= law.getSupportUpperBound(); k++) {
      double probability = law.probability(k);
      p += probability <= seen ? probability : 0;
    }
    // With these numbers of networks no table is less likely than all against none.
    double least = law(ofBefore, ofAfter, ofAfter).probability(ofAfter);
    if (ofBefore == ofAfter) {
      least *= 2;
    }
    return new RankTest.Answer(Math.min(1, p), least);
  }

  private static HypergeometricDistribution law(int ofBefore, int ofAfter, int total) {
    return new HypergeometricDistribution(null, ofBefore + ofAfter, total, ofAfter);
  }
}
