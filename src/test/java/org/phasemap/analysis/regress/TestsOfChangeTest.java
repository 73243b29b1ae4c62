package org.phasemap.analysis.regress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.phasemap.analysis.regress.StudentTest.Sample;
import org.phasemap.quantity.SignalQuantity;

/**
 * The tests against scipy 1.10.1 ({@code ttest_1samp}, {@code ttest_ind(equal_var=False)}, {@code
 * wilcoxon}, {@code mannwhitneyu}, {@code fisher_exact}, {@code binomtest}, {@code kstwo}), and
 * where there are ties, which scipy has no exact law for, against sums over all signs or divisions
 * that were listed in Python.
 */
class TestsOfChangeTest {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
  private static final double[] DIFFERENCES = {0.31, -0.02, 0.44, 0.18, 0.27, 0.09, 0.52, 0.11};
  private static final double[] BEFORE = {1.2, 0.8, 1.9, 1.1, 0.4, 1.7, 1.3, 0.9};
  private static final double[] AFTER = {2.9, 1.5, 3.8, 2.2, 4.1, 1.95};

  private static Sample sample(double... values) {
    return new Sample(values.length, StatUtils.mean(values), StatUtils.variance(values));
  }

  @Test
  void studentsTestIsScipys() {
    assertThat(StudentTest.paired(sample(DIFFERENCES), 0))
        .isCloseTo(0.007983063398699, within(1e-12));
    // 2 * t.sf((|mean| − 0.1)/se, 7)
    assertThat(StudentTest.paired(sample(DIFFERENCES), 0.1))
        .isCloseTo(0.07133032454112, within(1e-12));
    assertThat(StudentTest.welch(sample(BEFORE), sample(AFTER), 0))
        .isCloseTo(0.011863917387861, within(1e-12));
  }

  @Test
  void aMeanWithinItsToleranceIsNoEvidence() {
    assertThat(StudentTest.paired(new Sample(8, 0.01, 0), 0.01)).isEqualTo(1);
    assertThat(StudentTest.paired(new Sample(8, 0.011, 0), 0.01)).isZero();
    assertThat(StudentTest.welch(new Sample(8, 1, 0), new Sample(8, 1, 0), 0)).isEqualTo(1);
  }

  @Test
  void signedRanksAreScipysAndExactWithTies() {
    assertThat(RankTest.signed(DIFFERENCES, 0).p()).isCloseTo(0.015625, within(1e-12));
    assertThat(RankTest.signed(DIFFERENCES, 0.1).p()).isCloseTo(0.109375, within(1e-12));
    assertThat(RankTest.signed(new double[] {1, 1, 2, -1, 3, 3, 0, 2, 2}, 0).p())
        .isCloseTo(0.03125, within(1e-12));
    double[] many = new double[70];
    Arrays.setAll(many, i -> i == 20 ? 0.5 : i - 20);
    assertThat(RankTest.signed(many, 0).p()).isCloseTo(2.012393463038e-6, within(1e-15));
  }

  @Test
  void rankSumsAreScipysAndExactWithTies() {
    assertThat(RankTest.sums(BEFORE, AFTER, 0).p()).isCloseTo(0.002664002664003, within(1e-12));
    double[] before = {0, 0, 1, 1, 2, 0};
    double[] after = {1, 2, 2, 3, 3, 1, 2};
    assertThat(RankTest.sums(before, after, 0).p()).isCloseTo(0.036130536130536, within(1e-12));
    assertThat(RankTest.sums(after, before, 0).p()).isCloseTo(0.036130536130536, within(1e-12));
  }

  /** What cannot be beaten with so many networks is known as such. */
  @Test
  void theMostExtremeAnswerIsTheLeastP() {
    RankTest.Answer same = RankTest.signed(new double[] {3, 1, 2, 5}, 0.5);
    assertThat(same.p()).isEqualTo(0.125);
    assertThat(same.isMostExtreme()).isTrue();
    assertThat(RankTest.signed(DIFFERENCES, 0).isMostExtreme()).isFalse();
    assertThat(CountTest.fisher(0, 8, 8, 8).isMostExtreme()).isTrue();
    assertThat(CountTest.fisher(1, 8, 7, 8).isMostExtreme()).isFalse();
    assertThat(CountTest.mcNemar(0, 8, 8).isMostExtreme()).isTrue();
    assertThat(CountTest.mcNemar(0, 1, 8).isMostExtreme()).isFalse();
  }

  @Test
  void countsAreScipys() {
    assertThat(CountTest.fisher(1, 8, 7, 8).p()).isCloseTo(0.010101010101, within(1e-11));
    assertThat(CountTest.fisher(0, 8, 8, 8).p()).isCloseTo(0.00015540015540, within(1e-13));
    assertThat(CountTest.fisher(3, 8, 4, 12).p()).isCloseTo(1, within(1e-12));
    assertThat(CountTest.mcNemar(1, 8, 10).p()).isCloseTo(0.0390625, within(1e-12));
    assertThat(CountTest.mcNemar(8, 0, 8).p()).isCloseTo(0.0078125, within(1e-12));
  }

  /** The example of McDonald, Handbook of Biological Statistics (2014), table of 25 p. */
  @Test
  void theFalseDiscoveryRateIsBenjaminiAndHochbergs() {
    double[] p = {
      0.594, 0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251,
      0.269, 0.275, 0.34, 0.341, 0.384, 0.569, 0.696, 0.762, 0.94, 0.942, 0.975, 0.986
    };
    assertThat(FalseDiscovery.threshold(p, 25, 0.05)).isEqualTo(0.001);
    assertThat(FalseDiscovery.threshold(p, 25, 0.25)).isEqualTo(0.06);
    assertThat(FalseDiscovery.threshold(p, 100, 0.05)).isZero();
    assertThat(FalseDiscovery.threshold(new double[0], 100, 0.05)).isZero();
  }

  @Test
  void zIsHeldToTheNormalLawBeyondWhatIsKnownToDiffer() {
    double[] z = {-1.9, -1.2, -0.9, -0.4, -0.1, 0.2, 0.3, 0.8, 1.1, 1.5, 2.4};
    TheoryCheck near = TheoryCheck.of(SignalQuantity.LN_Q, z, 0.01);
    assertThat(near.distance()).isCloseTo(0.151780965052967, within(1e-12));
    assertThat(near.departs()).isFalse();
    // z of a mean that lies half a standard error off, at the quantiles of its law
    double[] shifted = new double[400];
    Arrays.setAll(shifted, i -> 0.5 + NORMAL.inverseCumulativeProbability((i + 0.5) / 400));
    TheoryCheck far = TheoryCheck.of(SignalQuantity.LN_Q, shifted, 0.01);
    assertThat(far.departs()).isTrue();
    assertThat(far.mean()).isCloseTo(0.5, within(1e-9));
    // Commons Math's law of so small a distance is NaN: chance nearly always gives more.
    double[] just = new double[485];
    Arrays.setAll(just, i -> 0.062 + NORMAL.inverseCumulativeProbability((i + 0.5) / 485));
    TheoryCheck sure = TheoryCheck.of(SignalQuantity.LN_Q, just, 0.01);
    assertThat(sure.distance()).isBetween(TheoryCheck.ALLOWED, TheoryCheck.ALLOWED + 0.004);
    assertThat(sure.p()).isEqualTo(1);
  }
}
