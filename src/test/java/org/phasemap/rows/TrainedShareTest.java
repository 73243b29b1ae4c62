package org.phasemap.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
