package org.phasemap.theory.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.theory.gauss.Sample;

class LargestShareTest {
  private static LargestShare of(int layers, double entries, double lost) {
    LargestShare share = new LargestShare();
    for (int l = 0; l < layers; l++) {
      share.add(entries, lost);
    }
    return share;
  }

  /** The mean of one share is its probability, whatever the number of entries. */
  @ParameterizedTest
  @CsvSource({"1, 0.3", "7, 1e-9", "2048, 3.4e-5", "2048, 0.5", "100000, 0.999", "65536, 1e-300"})
  void oneLayerLosesItsMean(double entries, double lost) {
    assertThat(of(1, entries, lost).mean()).isCloseTo(lost, within(1e-9 * lost));
  }

  /** Of single entries the largest is whether any is lost. */
  @Test
  void singleEntriesAreLostOrNot() {
    assertThat(of(12, 1, 0.07).mean()).isCloseTo(1 - Math.pow(0.93, 12), within(1e-14));
  }

  /** Rare losses add over layers; frequent ones have their own share. */
  @Test
  void rareLossesAdd() {
    assertThat(of(10, 2048, 1e-9).mean()).isCloseTo(1e-8, within(1e-12));
    // Of ten shares of standard deviation √(p(1 − p)/N) = 5e-5 the largest is 1.54 of them away.
    assertThat(of(10, 1e8, 0.5).mean()).isCloseTo(0.5 + 1.5388 * 5e-5, within(1e-8));
  }

  /** A hundredth of the count's standard deviation apart, where counts begin to be Gaussian. */
  @Test
  void manyEntriesAreGaussian() {
    double exact = of(30, 24_000, 0.7).mean();
    double gaussian = of(30, 48_000, 0.7).mean();
    double deviation = Math.sqrt(0.21 / 24_000);
    assertThat((exact - 0.7) / deviation)
        .isCloseTo((gaussian - 0.7) / deviation * Math.sqrt(2), within(0.02));
    // Layers far below the largest share do not count.
    LargestShare share = of(30, 48_000, 0.7);
    share.add(4_000_000, 0.2);
    assertThat(share.mean()).isCloseTo(gaussian, within(1e-9));
  }

  @Test
  void layersOfUnequalSizes() {
    LargestShare share = new LargestShare();
    share.add(64, 0.02);
    share.add(64, 0.05);
    share.add(40, 0.03);
    share.add(200, 0.04);
    share.add(0.2, 0.9);
    int[] entries = {64, 64, 40, 200};
    double[] lost = {0.02, 0.05, 0.03, 0.04};
    Sample drawn = new Sample();
    Random random = new Random(4);
    BinomialDistribution[] laws = new BinomialDistribution[4];
    for (int i = 0; i < 4; i++) {
      laws[i] = new BinomialDistribution(null, entries[i], lost[i]);
    }
    for (int r = 0; r < 20_000; r++) {
      double largest = 0;
      for (int i = 0; i < 4; i++) {
        double k = laws[i].inverseCumulativeProbability(random.nextDouble());
        largest = Math.max(largest, k / entries[i]);
      }
      drawn.add(largest);
    }
    drawn.hasMean(share.mean(), 5e-4);
  }

  @Test
  void certainAndMissing() {
    assertThat(new LargestShare().mean()).isZero();
    assertThat(of(3, 50, 0).mean()).isZero();
    assertThat(of(3, 50, 1).mean()).isOne();
    LargestShare undefined = of(3, 50, 0.5);
    undefined.add(50, Double.NaN);
    assertThat(undefined.mean()).isNaN();
  }

  /** Var of the mean of m indicators over that of independent ones. */
  @ParameterizedTest
  @CsvSource({"0.3, 0.9", "0.02, 0.99", "0.5, 0.5", "0.9, 0.2"})
  void inputsOfOneUnitAreLostTogether(double lost, double c) {
    Random random = new Random(9);
    double bound = quantile(lost);
    Sample both = new Sample();
    for (int i = 0; i < 200_000; i++) {
      double u = random.nextGaussian();
      double v = c * u + Math.sqrt(1 - c * c) * random.nextGaussian();
      both.add(Math.abs(u) < bound && Math.abs(v) < bound ? 1 : 0);
    }
    double worth = LargestShare.independent(4, lost, c);
    double correlation = (1 / worth - 1) / 3;
    both.hasMean(lost * lost + correlation * lost * (1 - lost), 0.002);
    assertThat(LargestShare.independent(4, lost, 1)).isEqualTo(0.25);
    assertThat(LargestShare.independent(4, lost, 0)).isCloseTo(1, within(1e-9));
    assertThat(LargestShare.independent(1, lost, c)).isOne();
  }

  private static double quantile(double lost) {
    return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(0.5 * (1 + lost));
  }
}
