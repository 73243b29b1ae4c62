package org.phasemap.analysis.regress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.analysis.Boundary;
import org.phasemap.analysis.Trial;

/** Networks whose P(trained) is a known curve: the boundary has moved by a known factor. */
class BoundaryShiftTest {
  private static final int RUNS = Integer.getInteger("phasemap.regress.shifts", 20);
  private static final List<Integer> DEPTHS = List.of(4, 6, 8, 12, 16, 24, 32, 48);
  private static final int REPLICATES = 26;
  private static final double BEFORE = 18;
  private static final double FACTOR = 0.85;

  /** Of the logistic curve in ln L: P falls from 0.9 to 0.1 over a factor of 3 in depth. */
  private static final double STEEPNESS = 4;

  /** One network for each depth and replicate; u says how lucky it is. */
  private static List<Trial> trials(double boundary, double[][] u) {
    List<Trial> trials = new ArrayList<>();
    for (int d = 0; d < DEPTHS.size(); d++) {
      double logit = -STEEPNESS * Math.log(DEPTHS.get(d) / boundary);
      for (int r = 0; r < REPLICATES; r++) {
        trials.add(new Trial(DEPTHS.get(d), r, u[d][r] < 1 / (1 + Math.exp(-logit))));
      }
    }
    return trials;
  }

  private static double[][] luck(Random random) {
    double[][] u = new double[DEPTHS.size()][REPLICATES];
    for (double[] depth : u) {
      for (int r = 0; r < REPLICATES; r++) {
        depth[r] = random.nextDouble();
      }
    }
    return u;
  }

  @ParameterizedTest
  @EnumSource
  void theIntervalHasTheFactorInNineteenOfTwentyRuns(Pairing pairing) {
    Random random = new Random(19);
    int covered = 0;
    for (int run = 0; run < RUNS; run++) {
      double[][] u = luck(random);
      double[][] v = pairing == Pairing.PAIRED ? u : luck(random);
      BoundaryShift shift =
          BoundaryShift.of("tanh", trials(BEFORE, u), trials(BEFORE * FACTOR, v), pairing);
      covered += shift.low() <= FACTOR && FACTOR <= shift.high() ? 1 : 0;
    }
    System.out.printf("%s: %d of %d%n", pairing, covered, RUNS);
    // Fewer have a probability of less than 1e-3 where an interval covers in 93 of 100 runs, which
    // is what percentiles of the draws of 26 replicates come to.
    int fewest = new BinomialDistribution(null, RUNS, 0.93).inverseCumulativeProbability(1e-3);
    assertThat(covered).isGreaterThanOrEqualTo(fewest);
  }

  /** The ratio needs no draws, so that far more runs can be asked than for its interval. */
  @Test
  void lnOfTheRatioIsThatOfTheFactorOnAverage() {
    Random random = new Random(20);
    SummaryStatistics errors = new SummaryStatistics();
    for (int run = 0; run < 25 * RUNS; run++) {
      double[][] u = luck(random);
      double before = Boundary.withoutInterval(trials(BEFORE, u)).depth();
      double after = Boundary.withoutInterval(trials(BEFORE * FACTOR, u)).depth();
      errors.addValue(Math.log(after / before / FACTOR));
    }
    double error = errors.getStandardDeviation() / Math.sqrt((double) errors.getN());
    System.out.printf(
        "%d pairs: ln ratio is off by %.5f ± %.5f%n", errors.getN(), errors.getMean(), error);
    assertThat(errors.getMean()).isCloseTo(0, within(4 * error));
  }

  /** Networks that failed leave holes; nothing else may move for it. */
  @Test
  void aHoleDoesNotPairOthers() {
    double[][] u = luck(new Random(5));
    List<Trial> before = trials(BEFORE, u);
    List<Trial> after = new ArrayList<>(before);
    after.remove(0);

    BoundaryShift shift = BoundaryShift.of("tanh", before, after, Pairing.PAIRED);

    assertThat(shift.ratio()).isCloseTo(1, within(0.01));
    assertThat(shift.low()).isBetween(0.98, 1.0);
    assertThat(shift.high()).isBetween(1.0, 1.02);
  }
}
