package org.phasemap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.data.Digits;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.TrainedQuantity;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;
import org.phasemap.train.mlp.OneStep;
import org.phasemap.zoo.Deeplearning4j;
import org.phasemap.zoo.MultiLayerNetworks;

/**
 * From the same parameters on the same batch, Deeplearning4j's {@link MultiLayerNetwork} finds the
 * same loss, gradients and updated parameters.
 */
class Deeplearning4jOracleTest {
  private static final int BATCH = 16;
  private static final int CLASSES = 10;
  private static final Optimiser SGD = new Optimiser.Sgd();

  static Stream<Arguments> networks() {
    Stream<Arguments> activations =
        Stream.of(
                "linear",
                "leaky_relu(0.2)",
                "prelu(0.1)",
                "hard_tanh",
                "silu",
                "softplus",
                "elu",
                "selu",
                "mish",
                "sigmoid",
                "softsign")
            .map(name -> Arguments.of(name, 4, Loss.CROSS_ENTROPY, SGD));
    Stream<Arguments> depths =
        Stream.of(
            Arguments.of("relu", 1, Loss.CROSS_ENTROPY, SGD),
            Arguments.of("relu", 12, Loss.MSE, SGD),
            Arguments.of("tanh", 2, Loss.MSE, SGD),
            Arguments.of("tanh", 20, Loss.CROSS_ENTROPY, SGD));
    Stream<Arguments> optimisers =
        Stream.of(new Optimiser.Nesterov(0.9), new Optimiser.Adam(0.9, 0.999, 1e-4))
            .flatMap(
                optimiser ->
                    Loss.ofOutputs().stream()
                        .map(loss -> Arguments.of("tanh", 5, loss, optimiser)));
    return Stream.of(activations, depths, optimisers).flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void deeplearning4jTakesTheSameStep(String name, int depth, Loss loss, Optimiser optimiser) {
    double tolerance = 2e-6 * (depth + 3);
    // Adam's step has the size of the rate, whatever the gradient, and so has its rounding.
    double rate = optimiser instanceof Optimiser.Adam ? 0.002 : 0.1;
    NetworkConfig network =
        new NetworkConfig(Activations.parse(name), depth, 48, WeightLaw.NORMAL, 1.6, 0.05, 1);
    OneStep step = OneStep.take(network, loss, optimiser, rate, BATCH, 1);
    Recipe theirs =
        Recipes.of(Recipes.sgd(BATCH, 1, rate, 0.9))
            .with(loss)
            .with(inTheirTerms(optimiser))
            .recipe();
    MultiLayerNetwork oracle = MultiLayerNetworks.of(network, theirs, rate, step.drawn());
    INDArray x = Nd4j.create(step.x()).castTo(DataType.FLOAT);
    INDArray y = loss == Loss.RECONSTRUCTION ? x : oneHot(step.labels());
    oracle.setInput(x);
    oracle.setLabels(y);
    oracle.computeGradientAndScore();
    assertThat(step.loss()).isCloseTo(oracle.score(), within(step.loss() * tolerance));
    assertThat(step.gradient().distance(gradient(oracle, step.start().zeros())))
        .isLessThan(tolerance);
    oracle.fit(new DataSet(x, y));
    assertThat(step.end().distance(parameters(oracle, step.start().zeros()))).isLessThan(tolerance);
  }

  private static INDArray oneHot(int[] labels) {
    INDArray y = Nd4j.zeros(BATCH, CLASSES);
    for (int j = 0; j < BATCH; j++) {
      y.putScalar(j, labels[j], 1);
    }
    return y;
  }

  /** They add ε to the root before its bias is corrected; at the first step that is ε √(1 − β₂). */
  private static Optimiser inTheirTerms(Optimiser optimiser) {
    return optimiser instanceof Optimiser.Adam adam
        ? new Optimiser.Adam(
            adam.beta1(), adam.beta2(), adam.epsilon() * Math.sqrt(1 - adam.beta2()))
        : optimiser;
  }

  static Stream<Arguments> runs() {
    Recipes base = Recipes.of(Recipes.sgd(50, 30, 0.05, 0.5));
    return Stream.of(
        Arguments.of(base, 1),
        Arguments.of(base, 0.5),
        Arguments.of(base.with(Loss.MSE).with(new Optimiser.Nesterov(0.8)), 0.7),
        Arguments.of(base.withoutBiases().with(new LearningRate.Critical(0.5)).withDrift(), 1),
        Arguments.of(
            base.with(new Optimiser.Adam(0.9, 0.999, 1e-8)).with(new LearningRate.Fixed(0.002)),
            1));
  }

  /** Rounding grows along a run: 30 steps of it stay below a per mille. */
  @ParameterizedTest
  @MethodSource("runs")
  void aWholeRunIsTheSameInBothEngines(Recipes recipes, double keep) {
    NetworkConfig network =
        new NetworkConfig(Activations.parse("tanh"), 3, 24, WeightLaw.NORMAL, 1.6 / keep, 0, keep);
    Recipe recipe = recipes.recipe();
    try (Kernel kernel = TestKernels.fastest()) {
      Measurement ours =
          Trainer.train(kernel, List.of(network), recipe, Digits.load(), 1, 0).get(0);
      Measurement theirs =
          Trainer.trainWith(new Deeplearning4j(), kernel, network, recipe, Digits.load(), 1, 0);
      assertThat(theirs.category()).isEqualTo(ours.category());
      assertThat(theirs.profile(Profile.CURVE_STEP)).isEqualTo(ours.profile(Profile.CURVE_STEP));
      for (int i = 0; i < ours.profile(Profile.CURVE_LOSS).length; i++) {
        assertThat(theirs.profile(Profile.CURVE_LOSS)[i])
            .isCloseTo(
                ours.profile(Profile.CURVE_LOSS)[i],
                within(1e-3 * ours.profile(Profile.CURVE_LOSS)[i]));
      }
      assertThat(theirs.number(TrainedQuantity.TRAIN_LOSS))
          .isCloseTo(
              ours.number(TrainedQuantity.TRAIN_LOSS),
              within(1e-3 * ours.number(TrainedQuantity.TRAIN_LOSS)));
      assertThat(theirs.number(TrainedQuantity.LEARNING_RATE_USED))
          .isEqualTo(ours.number(TrainedQuantity.LEARNING_RATE_USED));
      assertThat(theirs.number(TrainedQuantity.LN_GRADIENT_NORM_END))
          .isCloseTo(ours.number(TrainedQuantity.LN_GRADIENT_NORM_END), within(0.01));
    }
  }

  @Test
  void aNetworkThatDivergesInTheOtherEngineIsAnOutcome() {
    NetworkConfig network =
        new NetworkConfig(Activations.parse("relu"), 8, 24, WeightLaw.NORMAL, 18, 0, 1);
    try (Kernel kernel = TestKernels.fastest()) {
      Measurement result =
          Trainer.trainWith(
              new Deeplearning4j(),
              kernel,
              network,
              Recipes.sgd(50, 30, 1e9, 0.5),
              Digits.load(),
              1,
              0);
      assertThat(result.category()).isEqualTo(Category.DIVERGED);
    }
  }

  /** Their gradient of the mean loss; they divide by the size of the batch only on updating. */
  private static ReferenceNetwork gradient(MultiLayerNetwork oracle, ReferenceNetwork out) {
    Gradient gradient = oracle.gradient();
    for (int l = 0; l < out.weights.length; l++) {
      out.weights[l] = gradient.getGradientFor(l + "_W").div(BATCH).transpose().toDoubleMatrix();
      out.biases[l] = gradient.getGradientFor(l + "_b").div(BATCH).toDoubleVector();
    }
    return out;
  }

  private static ReferenceNetwork parameters(MultiLayerNetwork oracle, ReferenceNetwork out) {
    for (int l = 0; l < out.weights.length; l++) {
      out.weights[l] = oracle.getParam(l + "_W").transpose().toDoubleMatrix();
      out.biases[l] = oracle.getParam(l + "_b").toDoubleVector();
    }
    return out;
  }
}
