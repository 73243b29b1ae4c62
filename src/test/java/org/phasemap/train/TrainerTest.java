package org.phasemap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.data.DataSet;
import org.phasemap.data.Digits;
import org.phasemap.data.Examples;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.MeasurementBits;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.TrainedQuantity;
import org.phasemap.spec.EarlyStop;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;
import org.phasemap.train.course.Course;
import org.phasemap.train.mlp.OneStep;

class TrainerTest {
  private static final DataSet DIGITS = Digits.load();
  private static final Recipe RECIPE = Recipes.sgd(64, 300, 0.05, 0.9);

  @SuppressWarnings("NullAway.Init")
  private static Kernel kernel;

  @BeforeAll
  static void open() {
    kernel = TestKernels.fastest();
  }

  @AfterAll
  static void close() {
    kernel.close();
  }

  private static NetworkConfig relu(int depth, double multiplier) {
    return network(depth, multiplier, WeightLaw.NORMAL, 1);
  }

  private static NetworkConfig network(int depth, double multiplier, WeightLaw law, double keep) {
    double sigmaW2 = 2 * multiplier * multiplier / keep;
    return new NetworkConfig(Activations.parse("relu"), depth, 64, law, sigmaW2, 0, keep);
  }

  private static Measurement train(NetworkConfig network, Recipe recipe) {
    return train(kernel, network, recipe, DIGITS, 7, 0);
  }

  private static Measurement train(NetworkConfig network, Recipe recipe, long seed) {
    return train(kernel, network, recipe, DIGITS, seed, 0);
  }

  private static Measurement train(
      Kernel kernel, NetworkConfig network, Recipe recipe, DataSet data, long seed, int replicate) {
    return Trainer.train(kernel, List.of(network), recipe, data, seed, replicate).get(0);
  }

  @ParameterizedTest
  @EnumSource
  void heReluOfDepthEightLearnsTheDigits(WeightLaw law) {
    Measurement result = train(network(8, 1, law, 1), RECIPE);
    assertThat(result.category()).isEqualTo(Category.TRAINED);
    assertThat(result.number(TrainedQuantity.TRAIN_ACCURACY)).isGreaterThan(0.9);
    assertThat(result.number(TrainedQuantity.TEST_ACCURACY)).isGreaterThan(0.85);
    assertThat(result.number(TrainedQuantity.TRAIN_LOSS)).isLessThan(0.4);
    assertThat(result.number(TrainedQuantity.STEPS_TAKEN)).isEqualTo(300);
  }

  @Test
  void sparseHeReluRescaledForItsMaskLearnsTheDigits() {
    assertThat(train(network(8, 1, WeightLaw.NORMAL, 0.5), RECIPE).category())
        .isEqualTo(Category.TRAINED);
  }

  @Test
  void aDeepOrderedNetworkStallsAtTheLossOfIgnorance() {
    Measurement result = train(relu(64, 0.3), RECIPE);
    assertThat(result.category()).isEqualTo(Category.STALLED);
    assertThat(result.number(TrainedQuantity.TRAIN_LOSS)).isBetween(2.25, 2.35);
    assertThat(result.number(TrainedQuantity.TRAIN_ACCURACY)).isLessThan(0.2);
  }

  @Test
  void withoutAReadoutTheFirstLossIsThatOfIgnorance() {
    Recipe none = Recipes.of(RECIPE).withReadoutScale(0).recipe();
    Measurement result = train(relu(4, 1), none);
    assertThat(result.profile(Profile.CURVE_LOSS)[0]).isCloseTo(Math.log(10), within(1e-6));
    assertThat(result.category()).isEqualTo(Category.TRAINED);
  }

  /**
   * With a read-out s times as large, gradients of all other layers are too: of the mean squared
   * error of logits that are far from 0, s² times.
   */
  @Test
  void gradientsFollowTheReadout() {
    double small = lnGradientNorm(1e3);
    assertThat(lnGradientNorm(1e5) - small).isCloseTo(Math.log(1e4), within(0.01));
  }

  private static double lnGradientNorm(double scale) {
    Recipe recipe = Recipes.of(RECIPE).with(Loss.MSE).withReadoutScale(scale).recipe();
    return train(relu(4, 1), recipe).number(TrainedQuantity.LN_GRADIENT_NORM_START);
  }

  @Test
  void anAbsurdLearningRateIsAnOutcome() {
    Measurement result = train(relu(8, 3), Recipes.sgd(64, 300, 1e9, 0.9));
    assertThat(result.category()).isEqualTo(Category.DIVERGED);
    assertThat(result.number(TrainedQuantity.STEPS_TAKEN)).isLessThan(300);
    assertThat(result.profile(Profile.CURVE_STEP)).isNotEmpty();
  }

  @Test
  void aSignalThatOverflowsIsAnOutcome() {
    Measurement result = train(relu(300, 3), RECIPE);
    assertThat(result.category()).isEqualTo(Category.DIVERGED);
    assertThat(result.number(TrainedQuantity.STEPS_TAKEN)).isZero();
    assertThat(result.number(TrainedQuantity.TRAIN_LOSS)).isNaN();
    assertThat(result.number(TrainedQuantity.TRAIN_ACCURACY)).isZero();
  }

  @Test
  void aSignalThatOverflowsInAThousandLayersIsAnOutcome() {
    Recipe critical = Recipes.of(RECIPE).with(new LearningRate.Critical(0.5)).withDrift().recipe();
    NetworkConfig deep =
        new NetworkConfig(Activations.parse("relu"), 1000, 16, WeightLaw.NORMAL, 18, 0, 1);
    Measurement result = train(deep, critical);
    assertThat(result.category()).isEqualTo(Category.DIVERGED);
    assertThat(result.number(TrainedQuantity.LEARNING_RATE_USED)).isZero();
  }

  @Test
  void aRunThatIsDoneEndsEarly() {
    Recipe recipe = Recipes.of(RECIPE).with(new EarlyStop(0.5, 0.8, 5)).recipe();
    Measurement result = train(relu(3, 1), recipe);
    assertThat(result.category()).isEqualTo(Category.TRAINED);
    assertThat(result.number(TrainedQuantity.STEPS_TAKEN)).isBetween(5.0, 250.0);
    double[] losses = result.profile(Profile.CURVE_LOSS);
    assertThat(losses[losses.length - 1]).isLessThanOrEqualTo(0.5);
    double[] accuracies = result.profile(Profile.CURVE_ACCURACY);
    assertThat(accuracies[accuracies.length - 1]).isGreaterThanOrEqualTo(0.8);
    assertThat(result.profile(Profile.CURVE_STEP))
        .endsWith(result.number(TrainedQuantity.STEPS_TAKEN) + 1);
  }

  @Test
  void theStepOfTheThresholdComesBeforeTheEnd() {
    Measurement easy = train(relu(3, 1), Recipes.sgd(64, 300, 0.05, 0.5));
    Measurement hard = train(relu(3, 1), Recipes.sgd(64, 300, 0.05, 0.9));
    assertThat(easy.number(TrainedQuantity.STEPS_TO_THRESHOLD))
        .isGreaterThanOrEqualTo(Course.WINDOW);
    assertThat(hard.number(TrainedQuantity.STEPS_TO_THRESHOLD))
        .isGreaterThan(easy.number(TrainedQuantity.STEPS_TO_THRESHOLD))
        .isLessThan(300);
    assertThat(train(relu(64, 0.3), RECIPE).number(TrainedQuantity.STEPS_TO_THRESHOLD)).isNaN();
  }

  @Test
  void gradientNormsAreThoseOfTheFirstMinibatch() {
    OneStep step = OneStep.take(relu(3, 1), 16);
    Measurement result = train(relu(3, 1), Recipes.sgd(16, 1, OneStep.LEARNING_RATE, 0.9), 1);
    ReferenceNetwork after = step.end().gradient(step.x(), step.labels(), Loss.CROSS_ENTROPY);
    assertThat(result.number(TrainedQuantity.LN_GRADIENT_NORM_START))
        .isCloseTo(Math.log(step.gradient().norm()), within(1e-5));
    assertThat(result.number(TrainedQuantity.LN_GRADIENT_NORM_END))
        .isCloseTo(Math.log(after.norm()), within(1e-5));
  }

  /** Its kernel moves by O(1/√n) less, and a lazy network's hardly at all (Jacot et al. 2018). */
  @Test
  void theTangentKernelOfAWiderNetworkDriftsLess() {
    double[] drifts = new double[2];
    for (int i = 0; i < 2; i++) {
      NetworkConfig network =
          new NetworkConfig(
              Activations.parse("tanh"), 2, i == 0 ? 32 : 512, WeightLaw.NORMAL, 1, 0.1, 1);
      Recipe recipe =
          Recipes.of(Recipes.sgd(64, 50, 1, 0.9))
              .with(Loss.MSE)
              .with(new LearningRate.Critical(0.3))
              .withDrift()
              .recipe();
      drifts[i] = train(network, recipe).number(TrainedQuantity.NTK_DRIFT);
    }
    assertThat(drifts[0]).isBetween(0.01, 1.0);
    assertThat(drifts[1]).isLessThan(drifts[0] / 2);
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void everyOptimiserLearnsTheDigits(Optimiser optimiser, double rate, Loss loss) {
    Recipe recipe = Recipes.of(Recipes.sgd(64, 300, rate, 0.7)).with(optimiser).with(loss).recipe();
    assertThat(train(relu(4, 1), recipe).category()).isEqualTo(Category.TRAINED);
  }

  static Stream<Arguments> optimisers() {
    return Stream.of(
        Arguments.of(new Optimiser.Momentum(0.9), 0.01, Loss.CROSS_ENTROPY),
        Arguments.of(new Optimiser.Nesterov(0.9), 0.003, Loss.MSE),
        Arguments.of(new Optimiser.Adam(0.9, 0.999, 1e-8), 0.003, Loss.CROSS_ENTROPY),
        Arguments.of(new Optimiser.Sgd(), 0.01, Loss.MSE));
  }

  @Test
  void theLossCurveRunsFromTheFirstStepToTheLast() {
    Measurement result = train(relu(2, 1), RECIPE);
    assertThat(result.profile(Profile.CURVE_STEP))
        .startsWith(1.0)
        .endsWith(300.0)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(result.profile(Profile.CURVE_LOSS))
        .hasSameSizeAs(result.profile(Profile.CURVE_STEP));
    assertThat(result.profile(Profile.CURVE_LOSS)[0])
        .isGreaterThan(result.number(TrainedQuantity.TRAIN_LOSS));
  }

  @Test
  void theSameSeedGivesTheSameBitsInAnyThreadAndAnotherReplicateDoesNot() throws Exception {
    Recipe recipe = Recipes.sgd(50, 60, 0.05, 0.9);
    NetworkConfig network = network(4, 1, WeightLaw.NORMAL, 0.7);
    Measurement one = train(kernel, network, recipe, DIGITS, 7, 0);
    Measurement again = train(kernel, network, recipe, DIGITS, 7, 0);
    Measurement elsewhere =
        CompletableFuture.supplyAsync(
                () -> {
                  try (Kernel another = TestKernels.fastest()) {
                    return train(another, network, recipe, DIGITS, 7, 0);
                  }
                })
            .get();
    Measurement other = train(kernel, network, recipe, DIGITS, 7, 1);
    assertThat(MeasurementBits.of(again)).isEqualTo(MeasurementBits.of(one));
    assertThat(MeasurementBits.of(elsewhere)).isEqualTo(MeasurementBits.of(one));
    assertThat(other.number(TrainedQuantity.TRAIN_LOSS))
        .isNotEqualTo(one.number(TrainedQuantity.TRAIN_LOSS));
    assertThat(other.profile(Profile.CURVE_LOSS)[0])
        .isNotEqualTo(one.profile(Profile.CURVE_LOSS)[0]);
  }

  @Test
  void inputsThatAreAllZeroLeaveTheShareOfOneClass() {
    Examples zeros =
        new Examples(5, new float[5 * 40], IntStream.range(0, 40).map(i -> i % 4).toArray());
    DataSet data = new DataSet("zeros", List.of("a", "b", "c", "d"), zeros, zeros);
    Measurement result = train(kernel, relu(3, 1), Recipes.sgd(8, 20, 0.1, 0.9), data, 1, 0);
    assertThat(result.category()).isEqualTo(Category.STALLED);
    assertThat(result.number(TrainedQuantity.TRAIN_ACCURACY)).isEqualTo(0.25);
  }

  @Test
  void oneClassIsLearntAtOnce() {
    Examples same = new Examples(5, filled(5 * 40), new int[40]);
    Examples none = new Examples(5, new float[0], new int[0]);
    Recipe recipe = Recipes.sgd(8, 20, 0.1, 0.9);
    Measurement alone =
        train(kernel, relu(3, 1), recipe, new DataSet("one", List.of("a"), same, none), 1, 0);
    assertThat(alone.category()).isEqualTo(Category.TRAINED);
    assertThat(alone.number(TrainedQuantity.TRAIN_LOSS)).isZero();
    assertThat(alone.number(TrainedQuantity.TEST_ACCURACY)).isNaN();
    DataSet oneOfTwo = new DataSet("one of two", List.of("a", "b"), same, same);
    Measurement result = train(kernel, relu(3, 1), recipe, oneOfTwo, 1, 0);
    assertThat(result.category()).isEqualTo(Category.TRAINED);
    assertThat(result.number(TrainedQuantity.TEST_ACCURACY)).isOne();
  }

  @Test
  void aBatchLargerThanTheTrainingSetIsRefused() {
    assertThatThrownBy(() -> train(relu(2, 1), Recipes.sgd(2000, 1, 0.1, 0.9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot draw batches of 2000 from 1438 examples");
  }

  private static float[] filled(int count) {
    float[] values = new float[count];
    Arrays.fill(values, 1f);
    return values;
  }
}
