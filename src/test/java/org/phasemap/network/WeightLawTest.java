package org.phasemap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class WeightLawTest {
  /** Simpson's rule on ±2, error about 1e-14. */
  private static double integral(DoubleUnaryOperator f) {
    int steps = 4000;
    double h = 4.0 / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      int weight = i == 0 || i == steps ? 1 : 2 + 2 * (i % 2);
      sum += weight * f.applyAsDouble(-2 + i * h) * Math.exp(-0.5 * (-2 + i * h) * (-2 + i * h));
    }
    return sum * h / 3;
  }

  @Test
  void truncatedWeightsHaveTheMomentsOfTheirDensity() {
    double all = integral(z -> 1);
    double variance = integral(z -> z * z) / all;
    double fourth = integral(z -> z * z * z * z) / all;
    assertThat(WeightLaw.TRUNCATED_DEVIATION).isCloseTo(Math.sqrt(variance), within(1e-12));
    assertThat(WeightLaw.TRUNCATED.excessKurtosis())
        .isCloseTo(fourth / (variance * variance) - 3, within(1e-11));
    assertThat(WeightLaw.UNIFORM.excessKurtosis()).isEqualTo(1.8 - 3);
  }
}
