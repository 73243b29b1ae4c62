package org.phasemap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.math3.distribution.TDistribution;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTTest {
  @ParameterizedTest
  @CsvSource({
    "1, 12.706",
    "2, 4.303",
    "3, 3.182",
    "7, 2.365",
    "10, 2.228",
    "30, 2.042",
    "120, 1.980"
  })
  void quantilesAreThoseOfTheTables(int degrees, double tabulated) {
    assertThat(StudentT.halfWidth(degrees)).isCloseTo(tabulated, within(5e-4));
  }

  /** Commons Math inverts the incomplete beta function, to 1e-9. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 15, 31, 63, 255, 4096, 9999})
  void quantilesAreThoseOfAnotherImplementation(int degrees) {
    assertThat(StudentT.halfWidth(degrees))
        .isCloseTo(
            new TDistribution(degrees).inverseCumulativeProbability(0.975),
            Percentage.withPercentage(1e-6));
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }
}
