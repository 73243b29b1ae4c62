package org.phasemap.train.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.train.ReferenceNetwork;
import org.phasemap.train.ReferenceOptimiser;

/** Loss, gradients and updates of the kernel's network against {@link ReferenceNetwork}. */
class BackpropagationTest {
  static Stream<Arguments> networks() {
    Stream<NetworkConfig> activations =
        Activations.all().stream().map(f -> network(f, 3, 0.1, 0.5));
    Stream<NetworkConfig> depths =
        Stream.of(1, 2, 16)
            .flatMap(
                depth ->
                    Stream.of(
                        network(Activations.parse("relu"), depth, 0, 1),
                        network(Activations.parse("tanh"), depth, 0.05, 0.7)));
    return Stream.concat(activations, depths)
        .flatMap(network -> Loss.ofOutputs().stream().map(loss -> Arguments.of(network, loss)));
  }

  private static NetworkConfig network(
      Activation activation, int depth, double sigmaB2, double keep) {
    return new NetworkConfig(activation, depth, 21, WeightLaw.NORMAL, 1.8, sigmaB2, keep);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void lossGradientsAndUpdateAreThoseOfTheFormulas(NetworkConfig network, Loss criterion) {
    // Float32 rounding (6e-8) of sums of up to 64 terms, once a layer on the way up and once down.
    double tolerance = 1e-6 * (network.depth() + 3);
    OneStep step =
        OneStep.take(network, criterion, new Optimiser.Sgd(), OneStep.LEARNING_RATE, 8, 1);
    ReferenceNetwork gradient = step.start().gradient(step.x(), step.labels(), criterion);
    double loss = step.start().loss(step.x(), step.labels(), criterion);
    assertThat(step.loss()).isCloseTo(loss, within(loss * tolerance));
    assertThat(step.gradient().distance(gradient)).isLessThan(tolerance);
    ReferenceOptimiser sgd =
        new ReferenceOptimiser(new Optimiser.Sgd(), OneStep.LEARNING_RATE, gradient);
    assertThat(step.end().distance(sgd.step(step.start(), gradient))).isLessThan(tolerance);
  }

  static Stream<Arguments> optimisers() {
    return Stream.of(
            new Optimiser.Sgd(),
            new Optimiser.Momentum(0.9),
            new Optimiser.Nesterov(0.8),
            new Optimiser.Adam(0.9, 0.99, 1e-4))
        .flatMap(
            optimiser ->
                Stream.of(1, 0.5)
                    .flatMap(
                        keep ->
                            Loss.ofOutputs().stream()
                                .map(loss -> Arguments.of(optimiser, keep.doubleValue(), loss))));
  }

  /** Four steps, so that an optimiser's memory matters. */
  @ParameterizedTest
  @MethodSource("optimisers")
  void everyOptimiserTakesTheStepsOfItsFormulas(Optimiser optimiser, double keep, Loss loss) {
    double rate = 0.01;
    NetworkConfig network = network(Activations.parse("tanh"), 3, 0.1, keep);
    OneStep steps = OneStep.take(network, loss, optimiser, rate, 8, 4);
    ReferenceNetwork expected = steps.start();
    ReferenceOptimiser reference = new ReferenceOptimiser(optimiser, rate, expected);
    for (int i = 0; i < 4; i++) {
      expected = reference.step(expected, expected.gradient(steps.x(), steps.labels(), loss));
    }
    assertThat(steps.start().distance(expected)).isGreaterThan(1e-3);
    // As above; Adam divides by roots of second moments, near ε for the smallest gradients.
    assertThat(steps.end().distance(expected)).isLessThan(1e-5);
  }

  @Test
  void weightsThatTheMaskDropsAreZeroBeforeAndAfter() {
    OneStep step = OneStep.take(network(Activations.parse("tanh"), 4, 0.1, 0.3), 8);
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
