package org.phasemap.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainedShareTest {
  private static final double Z = 1.959963984540054;

  @ParameterizedTest
  @CsvSource({"8,10", "0,10", "10,10", "1,1", "0,1", "33,64"})
  void endsWhereTheShareIsThatManyStandardErrorsAway(int trained, int rows) {
    TrainedShare share = TrainedShare.of(trained, rows);
    double p = (double) trained / rows;
    assertThat(share.estimate()).isCloseTo(p, within(1e-15));
    // Wilson's ends are the p0 with |p - p0| = z sqrt(p0 (1 - p0) / rows).
    for (double p0 : new double[] {share.low(), share.high()}) {
      assertThat(Math.abs(p - p0)).isCloseTo(Z * Math.sqrt(p0 * (1 - p0) / rows), within(1e-6));
    }
    assertThat(share.low()).isLessThan(share.high());
    if (trained == 0) {
      assertThat(share.low()).isZero();
    }
    if (trained == rows) {
      assertThat(share.high()).isEqualTo(1);
    }
  }

  /**
   * How often the interval holds P, by the binomial law itself, averaged over P from 0 to 1. At a
   * single P no interval of counts can always have 95 % (Brown, Cai and DasGupta 2001).
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 8, 16, 32, 64})
  void holdsTheTruthNinetyFiveTimesOfAHundred(int rows) {
    double held = 0;
    int points = 1_000;
    for (int i = 0; i < points; i++) {
      double p = (i + 0.5) / points;
      BinomialDistribution law = new BinomialDistribution(null, rows, p);
      for (int trained = 0; trained <= rows; trained++) {
        TrainedShare share = TrainedShare.of(trained, rows);
        boolean holds = share.low() <= p && share.high() >= p;
        held += holds ? law.probability(trained) / points : 0;
      }
    }
    assertThat(held).isBetween(0.945, 0.96);
  }
}
