package org.phasemap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.spec.Loss;

class ReferenceNetworkTest {
  /** Truncation error ~ h², rounding error ~ 1e-16/h: both near 1e-10 at h = 1e-5. */
  private static final double STEP = 1e-5;

  static Stream<Arguments> activationsAndLosses() {
    return Activations.all().stream()
        .flatMap(f -> Loss.ofOutputs().stream().map(loss -> Arguments.of(f, loss)));
  }

  @ParameterizedTest
  @MethodSource("activationsAndLosses")
  void theGradientIsTheLimitOfFiniteDifferences(Activation activation, Loss loss) {
    Random random = new Random(activation.family().toUpperCase(Locale.ROOT).hashCode());
    ReferenceNetwork network = ReferenceNetwork.random(activation, random, 5, 6, 7, 6, 3);
    double[][] x = new double[4][];
    for (int e = 0; e < x.length; e++) {
      x[e] = random.doubles(5, -2, 2).toArray();
    }
    int[] labels = {0, 1, 2, 1};
    ReferenceNetwork gradient = network.gradient(x, labels, loss);
    for (int l = 0; l < network.weights.length; l++) {
      for (int i = 0; i < network.weights[l].length; i++) {
        assertThat(gradient.biases[l][i])
            .isCloseTo(slope(network, network.biases[l], i, x, labels, loss), within(1e-8));
        for (int j = 0; j < network.weights[l][i].length; j++) {
          assertThat(gradient.weights[l][i][j])
              .isCloseTo(slope(network, network.weights[l][i], j, x, labels, loss), within(1e-8));
        }
      }
    }
  }

  private static double slope(
      ReferenceNetwork network, double[] parameters, int k, double[][] x, int[] labels, Loss loss) {
    double here = parameters[k];
    parameters[k] = here + STEP;
    double above = network.loss(x, labels, loss);
    parameters[k] = here - STEP;
    double below = network.loss(x, labels, loss);
    parameters[k] = here;
    return (above - below) / (2 * STEP);
  }
}
