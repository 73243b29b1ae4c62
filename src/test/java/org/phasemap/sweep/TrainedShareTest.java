package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainedShareTest {
  private static final double Z = 1.959963984540054;

  @ParameterizedTest
  @CsvSource({"8,10", "0,10", "10,10", "1,1", "0,1", "33,64"})
  void endsWhereTheShareIsThatManyStandardErrorsAway(int trained, int rows) {
    Map<String, Double> share = TrainedShare.of(trained, rows);
    double p = (double) trained / rows;
    assertThat(share.get("p_trained")).isCloseTo(p, within(1e-15));
    // Wilson's ends are the p0 with |p - p0| = z sqrt(p0 (1 - p0) / rows).
    for (String end : new String[] {"p_trained_low", "p_trained_high"}) {
      double p0 = Objects.requireNonNull(share.get(end));
      assertThat(Math.abs(p - p0))
          .as(end)
          .isCloseTo(Z * Math.sqrt(p0 * (1 - p0) / rows), within(1e-6));
    }
    assertThat(share.get("p_trained_low")).isLessThan(share.get("p_trained_high"));
    if (trained == 0) {
      assertThat(share.get("p_trained_low")).isZero();
    }
    if (trained == rows) {
      assertThat(share.get("p_trained_high")).isEqualTo(1);
    }
  }
}
