package org.phasemap.theory.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.theory.gauss.Sample;

class AdamFirstStepTest {
  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.1, 1, 30})
  void rootMeanSquareOfDrawnGradients(double rms) {
    Random random = new Random(4);
    Sample squares = new Sample();
    for (int i = 0; i < 200_000; i++) {
      double update = AdamFirstStep.relativeUpdate(rms * random.nextGaussian(), 1);
      squares.add(update * update);
    }
    double expected = AdamFirstStep.rootMeanSquareUpdate(rms, 1);
    squares.hasMean(expected * expected, 0.01 * expected * expected);
  }

  /** The same integral by Simpson's rule in |g| itself. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 1, 20})
  void rootMeanSquareByAnotherRule(double rms) {
    int steps = 2_000_000;
    double step = 12.0 / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double x = i * step;
      double update = AdamFirstStep.relativeUpdate(rms * x, 1);
      double weight = i == 0 || i == steps ? 1 : 2 + 2 * (i % 2);
      sum += weight * update * update * 2 * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }
    assertThat(AdamFirstStep.rootMeanSquareUpdate(rms, 1))
        .isCloseTo(Math.sqrt(sum * step / 3), within(1e-11));
  }

  @Test
  void largeAndSmallGradients() {
    assertThat(AdamFirstStep.rootMeanSquareUpdate(1e9, 1e-8)).isCloseTo(1, within(1e-15));
    assertThat(AdamFirstStep.rootMeanSquareUpdate(1e-200, 1e-8)).isCloseTo(1e-192, within(1e-204));
    assertThat(AdamFirstStep.rootMeanSquareUpdate(0, 1e-8)).isZero();
  }
}
