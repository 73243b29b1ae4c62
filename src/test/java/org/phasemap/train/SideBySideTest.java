package org.phasemap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.data.DataSet;
import org.phasemap.data.Digits;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.MeasurementBits;
import org.phasemap.quantity.TrainedQuantity;
import org.phasemap.spec.EarlyStop;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;

/** Networks that train together have the numbers that each has alone. */
class SideBySideTest {
  private static final DataSet DIGITS = Digits.load();

  private static NetworkConfig network(double sigmaW2, double sigmaB2, double keep) {
    return new NetworkConfig(
        Activations.parse("tanh"), 3, 21, WeightLaw.NORMAL, sigmaW2, sigmaB2, keep);
  }

  private static final List<NetworkConfig> PLAIN =
      List.of(
          network(1.5, 0, 1),
          network(1e30, 0, 1), // its loss is past the bound at once
          network(0.2, 0.1, 1),
          network(3, 0, 1),
          network(1, 0.5, 1));

  private static final List<NetworkConfig> MASKED =
      List.of(network(1.5, 0, 0.5), network(2, 0, 0.8), network(2, 0.1, 0.9));

  static Stream<Recipe> recipes() {
    Recipes base = Recipes.of(Recipes.sgd(50, 40, 0.05, 0.9));
    return Stream.of(
            base,
            base.with(new Optimiser.Momentum(0.9)),
            base.with(new Optimiser.Nesterov(0.9)),
            base.with(new Optimiser.Adam(0.9, 0.999, 1e-8)).with(new LearningRate.Fixed(0.005)),
            base.with(new LearningRate.Critical(1)).withDrift(),
            // Networks leave one by one.
            base.with(new EarlyStop(null, 0.7, 1)),
            base.withoutBiases())
        .map(Recipes::recipe);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void resultsDoNotDependOnTheOthers(Recipe recipe) {
    try (Kernel kernel = TestKernels.fastest()) {
      for (List<NetworkConfig> networks : List.of(PLAIN, MASKED)) {
        List<Measurement> together = Trainer.train(kernel, networks, recipe, DIGITS, 7, 3);
        for (int k = 0; k < networks.size(); k++) {
          Measurement alone =
              Trainer.train(kernel, List.of(networks.get(k)), recipe, DIGITS, 7, 3).get(0);
          assertThat(MeasurementBits.of(together.get(k))).isEqualTo(MeasurementBits.of(alone));
        }
      }
    }
  }

  @Test
  void networksEndAtDifferentSteps() {
    Recipe recipe =
        Recipes.of(Recipes.sgd(50, 200, 0.05, 0.9)).with(new EarlyStop(null, 0.7, 1)).recipe();
    try (Kernel kernel = TestKernels.fastest()) {
      List<Double> steps =
          Trainer.train(kernel, PLAIN, recipe, DIGITS, 7, 3).stream()
              .map(r -> r.number(TrainedQuantity.STEPS_TAKEN))
              .distinct()
              .toList();
      assertThat(steps).contains(0.0).hasSizeGreaterThan(3);
    }
  }

  @Test
  void networksOfOtherShapesAreRefused() {
    try (Kernel kernel = TestKernels.fastest()) {
      NetworkConfig first = PLAIN.get(0);
      Recipe recipe = Recipes.sgd(50, 1, 0.05, 0.9);
      for (NetworkConfig other : List.of(first.withDepth(4), MASKED.get(0))) {
        List<NetworkConfig> two = List.of(first, other);
        assertThatThrownBy(() -> Trainer.train(kernel, two, recipe, DIGITS, 1, 0))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("Cannot train side by side");
      }
    }
  }
}
