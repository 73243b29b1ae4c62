package org.phasemap.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Activation;

class MagnitudeShareTest {
  @Test
  void gaussianEntriesHaveTheErrorFunctionsShare() {
    MagnitudeShare share = new MagnitudeShare(Activation.parse("linear"), 1e-8);

    assertThat(share.signalBelow(FloatFormat.FP16.minNormal()))
        .isCloseTo(FloatFormat.FP16.fractionBelowNormal(1e-4), Percentage.withPercentage(0.1));
    assertThat(share.signalBelow(1e-15))
        .isCloseTo(Math.sqrt(2 / Math.PI) * 1e-11, Percentage.withPercentage(0.1));
    assertThat(share.gradientBelow(0.5 * FloatFormat.FP16.minSubnormal(), 1e-12))
        .isCloseTo(FloatFormat.FP16.fractionFlushed(1e-6), Percentage.withPercentage(0.1));
    assertThat(share.signalBelow(1)).isCloseTo(1, within(1e-12));
  }

  /** Half of ReLU's entries are 0: of the others' sizes the law is the same. */
  @Test
  void zerosDoNotCount() {
    MagnitudeShare relu = new MagnitudeShare(Activation.parse("relu"), 2);
    MagnitudeShare linear = new MagnitudeShare(Activation.parse("linear"), 2);

    assertThat(relu.signalBelow(0.3)).isCloseTo(linear.signalBelow(0.3), within(1e-12));
    assertThat(relu.gradientBelow(0.3, 0.7))
        .isCloseTo(linear.gradientBelow(0.3, 0.7), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"gelu, 2, 0.1", "sin, 6, 0.4", "tanh, 5, 0.9", "silu, 0.3, 0.02", "elu, 2, 0.5"})
  void sharesOfDrawnEntries(String name, double q, double bound) {
    Activation activation = Activation.parse(name);
    MagnitudeShare share = new MagnitudeShare(activation, q);
    Random random = new Random(3);
    Sample signals = new Sample();
    Sample gradients = new Sample();
    for (int i = 0; i < 100_000; i++) {
      double z = Math.sqrt(q) * random.nextGaussian();
      double delta = activation.derivative(z) * random.nextGaussian();
      signals.add(Math.abs(activation.value(z)) <= bound ? 1 : 0);
      gradients.add(Math.abs(delta) <= bound ? 1 : 0);
    }
    signals.hasMean(share.signalBelow(bound), 0.002);
    gradients.hasMean(share.gradientBelow(bound, 1), 0.002);
  }
}
