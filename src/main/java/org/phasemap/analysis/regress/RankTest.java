package org.phasemap.analysis.regress;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Wilcoxon's two tests (1945), with midranks where values are equal. Their law is that of all
 * signs, or of all divisions of the ranks at hand, which is exact with ties too: it is summed up
 * rank by rank. (Commons Math lists all 2ⁿ signs and takes ties for broken.) Beyond {@link
 * #MOST_EXACT} values a normal law has the same mean and variance.
 */
final class RankTest {
  /** More are close enough to normal, and would take long. */
  static final int MOST_EXACT = 60;

  private RankTest() {}

  /**
   * What a test says.
   *
   * @param p two-sided
   * @param least p that so many values can have: what is above it can be seen by more networks
   *     alone
   */
  record Answer(double p, double least) {
    boolean isMostExtreme() {
      return p <= least * (1 + 1e-9);
    }
  }

  /**
   * Signed ranks: whether differences of pairs are centred further from 0 than a tolerance. Those
   * that are 0 then say nothing and are left out, as Wilcoxon did.
   */
  static Answer signed(double[] differences, double tolerance) {
    double side = Math.signum(mean(differences));
    double[] beyond =
        Arrays.stream(differences).map(d -> side * d - tolerance).filter(d -> d != 0).toArray();
    long[] ranks = doubledRanks(Arrays.stream(beyond).map(Math::abs).toArray());
    long sum =
        IntStream.range(0, ranks.length).filter(i -> beyond[i] > 0).mapToLong(i -> ranks[i]).sum();
    int n = ranks.length;
    if (n > MOST_EXACT) {
      double total = Arrays.stream(ranks).sum();
      double variance = Arrays.stream(ranks).mapToDouble(r -> (double) r * r).sum() / 4;
      return new Answer(normal(sum - 1 - total / 2, variance), 0);
    }
    double[] law = {1};
    for (long rank : ranks) {
      law = added(law, (int) rank, 0.5);
    }
    return new Answer(Math.min(1, 2 * tail(law, sum)), Math.min(1, 2 * Math.pow(0.5, n)));
  }

  /**
   * Rank sums (Mann and Whitney 1947): whether one sample lies beyond the other and a tolerance.
   */
  static Answer sums(double[] before, double[] after, double tolerance) {
    double side = Math.signum(mean(after) - mean(before));
    double[] all = new double[before.length + after.length];
    for (int i = 0; i < before.length; i++) {
      all[i] = side * before[i];
    }
    for (int i = 0; i < after.length; i++) {
      all[before.length + i] = side * after[i] - tolerance;
    }
    long[] ranks = doubledRanks(all);
    int n = after.length;
    if (all.length > MOST_EXACT) {
      long sum = Arrays.stream(ranks).skip(before.length).sum();
      double size = all.length;
      double mean = Arrays.stream(ranks).average().orElse(0);
      double spread = Arrays.stream(ranks).mapToDouble(r -> (r - mean) * (r - mean)).sum();
      double variance = n * (size - n) / (size * (size - 1)) * spread;
      return new Answer(normal(sum - 1 - n * mean, variance), 0);
    }
    // The upper tail of these ranks is the lower tail of the others, which has smaller sums.
    long others = Arrays.stream(ranks).limit(before.length).sum();
    double ways = Math.exp(lnChoices(all.length, n));
    double tail = choices(ranks, before.length, others);
    return new Answer(Math.min(1, 2 * tail / ways), Math.min(1, 2 / ways));
  }

  /** How many choices of n of the ranks have a sum of at most so much. */
  private static double choices(long[] ranks, int n, long most) {
    int[] sorted = Arrays.stream(ranks).sorted().mapToInt(rank -> (int) rank).toArray();
    int[] sums = new int[sorted.length + 1];
    for (int i = 0; i < sorted.length; i++) {
      sums[i + 1] = sums[i] + sorted[i];
    }
    double[][] counts = new double[n + 1][(int) most + 1];
    counts[0][0] = 1;
    for (int i = 0; i < sorted.length; i++) {
      int rank = sorted[i];
      for (int k = Math.min(n, i + 1); k > 0; k--) {
        double[] without = counts[k - 1];
        double[] with = counts[k];
        // With this rank and k − 1 before it: the least of them, or the largest.
        int largest = Math.min((int) most, sums[i + 1] - sums[i + 1 - k]);
        for (int s = largest; s >= sums[k - 1] + rank; s--) {
          with[s] += without[s - rank];
        }
      }
    }
    return Arrays.stream(counts[n]).sum();
  }

  private static double lnChoices(int of, int n) {
    return IntStream.rangeClosed(1, n).mapToDouble(i -> Math.log((double) (of - n + i) / i)).sum();
  }

  /** The law of a sum to which a rank is added with a probability. */
  private static double[] added(double[] law, int rank, double probability) {
    double[] next = new double[law.length + rank];
    for (int s = 0; s < law.length; s++) {
      next[s] += (1 - probability) * law[s];
      next[s + rank] += probability * law[s];
    }
    return next;
  }

  private static double tail(double[] law, long from) {
    return Arrays.stream(law).skip(from).sum();
  }

  /** With the correction for continuity: a doubled rank sum moves by 2. */
  private static double normal(double beyond, double variance) {
    if (!(variance > 0)) {
      return 1;
    }
    double z = Math.max(0, beyond) / Math.sqrt(variance);
    return Math.min(1, 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-z));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  /** Twice the midranks: whole numbers. */
  private static long[] doubledRanks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Arrays.stream(values)
        .mapToLong(
            value -> {
              long below = Arrays.stream(sorted).filter(v -> v < value).count();
              long equal = Arrays.stream(sorted).filter(v -> v == value).count();
              return 2 * below + equal + 1;
            })
        .toArray();
  }
}
