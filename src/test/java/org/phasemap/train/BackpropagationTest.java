package org.phasemap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;

/** Loss, gradients and one update of the kernel's network against {@link ReferenceNetwork}. */
class BackpropagationTest {
  static Stream<NetworkConfig> networks() {
    Stream<NetworkConfig> activations =
        Stream.of(Activation.Kind.values()).map(kind -> network(Activation.of(kind), 3, 0.1, 0.5));
    Stream<NetworkConfig> depths =
        Stream.of(1, 2, 16)
            .flatMap(
                depth ->
                    Stream.of(
                        network(Activation.parse("relu"), depth, 0, 1),
                        network(Activation.parse("tanh"), depth, 0.05, 0.7)));
    return Stream.concat(activations, depths);
  }

  private static NetworkConfig network(
      Activation activation, int depth, double sigmaB2, double keep) {
    return new NetworkConfig(activation, depth, 21, WeightLaw.NORMAL, 1.8, sigmaB2, keep);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void lossGradientsAndUpdateAreThoseOfTheFormulas(NetworkConfig network) {
    // Float32 rounding (6e-8) of sums of up to 64 terms, once a layer on the way up and once down.
    double tolerance = 1e-6 * (network.depth() + 3);
    OneStep step = OneStep.take(network, 8);
    ReferenceNetwork gradient = step.start().gradient(step.x(), step.labels());
    double loss = step.start().loss(step.x(), step.labels());
    assertThat(step.loss()).isCloseTo(loss, within(loss * tolerance));
    assertThat(step.gradient().distance(gradient)).isLessThan(tolerance);
    assertThat(step.end().distance(step.start().updated(gradient, OneStep.LEARNING_RATE)))
        .isLessThan(tolerance);
  }

  @Test
  void weightsThatTheMaskDropsAreZeroBeforeAndAfter() {
    OneStep step = OneStep.take(network(Activation.parse("tanh"), 4, 0.1, 0.3), 8);
    int dropped = 0;
    int weights = 0;
    for (int l = 0; l < step.start().weights.length; l++) {
      for (int i = 0; i < step.start().weights[l].length; i++) {
        double[] before = step.start().weights[l][i];
        double[] after = step.end().weights[l][i];
        for (int j = 0; j < before.length; j++) {
          weights++;
          dropped += before[j] == 0 ? 1 : 0;
          assertThat(after[j] == 0).isEqualTo(before[j] == 0);
        }
      }
    }
    assertThat((double) dropped / weights).isCloseTo(0.7, within(4 * Math.sqrt(0.21 / weights)));
  }
}
