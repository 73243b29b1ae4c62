package org.phasemap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.data.DataSet;
import org.phasemap.data.Digits;
import org.phasemap.data.Examples;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;

class TrainerTest {
  private static final DataSet DIGITS = Digits.load();
  private static final TrainingConfig CONFIG = new TrainingConfig(64, 300, 0.05, 0.9);

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
    return new NetworkConfig(Activation.parse("relu"), depth, 64, law, sigmaW2, 0, keep);
  }

  private static TrainingResult train(NetworkConfig network, TrainingConfig config) {
    return Trainer.train(kernel, network, config, DIGITS, 7, 0);
  }

  @ParameterizedTest
  @EnumSource
  void heReluOfDepthEightLearnsTheDigits(WeightLaw law) {
    TrainingResult result = train(network(8, 1, law, 1), CONFIG);
    assertThat(result.outcome()).isEqualTo(Outcome.TRAINED);
    assertThat(result.trainAccuracy()).isGreaterThan(0.9);
    assertThat(result.testAccuracy()).isGreaterThan(0.85);
    assertThat(result.trainLoss()).isLessThan(0.4);
    assertThat(result.steps()).isEqualTo(300);
  }

  @Test
  void sparseHeReluRescaledForItsMaskLearnsTheDigits() {
    assertThat(train(network(8, 1, WeightLaw.NORMAL, 0.5), CONFIG).outcome())
        .isEqualTo(Outcome.TRAINED);
  }

  @Test
  void aDeepOrderedNetworkStallsAtTheLossOfIgnorance() {
    TrainingResult result = train(relu(64, 0.3), CONFIG);
    assertThat(result.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(result.trainLoss()).isBetween(2.25, 2.35);
    assertThat(result.trainAccuracy()).isLessThan(0.2);
  }

  @Test
  void anAbsurdLearningRateIsAnOutcome() {
    TrainingResult result = train(relu(8, 3), new TrainingConfig(64, 300, 1e9, 0.9));
    assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
    assertThat(result.steps()).isLessThan(300);
    assertThat(result.curveStep()).isNotEmpty();
  }

  @Test
  void aSignalThatOverflowsIsAnOutcome() {
    TrainingResult result = train(relu(300, 3), CONFIG);
    assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
    assertThat(result.steps()).isZero();
    assertThat(result.trainLoss()).isNaN();
    assertThat(result.trainAccuracy()).isZero();
  }

  @Test
  void theLossCurveRunsFromTheFirstStepToTheLast() {
    TrainingResult result = train(relu(2, 1), CONFIG);
    assertThat(result.curveStep()).startsWith(1).endsWith(300).isSorted().doesNotHaveDuplicates();
    assertThat(result.curveLoss()).hasSameSizeAs(result.curveStep());
    assertThat(result.curveLoss()[0]).isGreaterThan(result.trainLoss());
  }

  @Test
  void theSameSeedGivesTheSameBitsInAnyThreadAndAnotherReplicateDoesNot() throws Exception {
    TrainingConfig config = new TrainingConfig(50, 60, 0.05, 0.9);
    NetworkConfig network = network(4, 1, WeightLaw.NORMAL, 0.7);
    TrainingResult one = Trainer.train(kernel, network, config, DIGITS, 7, 0);
    TrainingResult again = Trainer.train(kernel, network, config, DIGITS, 7, 0);
    TrainingResult elsewhere =
        CompletableFuture.supplyAsync(
                () -> {
                  try (Kernel another = TestKernels.fastest()) {
                    return Trainer.train(another, network, config, DIGITS, 7, 0);
                  }
                })
            .get();
    TrainingResult other = Trainer.train(kernel, network, config, DIGITS, 7, 1);
    assertThat(again).usingRecursiveComparison().ignoringFields("seconds").isEqualTo(one);
    assertThat(elsewhere).usingRecursiveComparison().ignoringFields("seconds").isEqualTo(one);
    assertThat(other.trainLoss()).isNotEqualTo(one.trainLoss());
    assertThat(other.curveLoss()[0]).isNotEqualTo(one.curveLoss()[0]);
  }

  @Test
  void inputsThatAreAllZeroLeaveTheShareOfOneClass() {
    Examples zeros =
        new Examples(5, new float[5 * 40], IntStream.range(0, 40).map(i -> i % 4).toArray());
    DataSet data = new DataSet("zeros", List.of("a", "b", "c", "d"), zeros, zeros);
    TrainingResult result =
        Trainer.train(kernel, relu(3, 1), new TrainingConfig(8, 20, 0.1, 0.9), data, 1, 0);
    assertThat(result.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(result.trainAccuracy()).isEqualTo(0.25);
  }

  @Test
  void oneClassIsLearntAtOnce() {
    Examples same = new Examples(5, filled(5 * 40), new int[40]);
    Examples none = new Examples(5, new float[0], new int[0]);
    TrainingConfig config = new TrainingConfig(8, 20, 0.1, 0.9);
    TrainingResult alone =
        Trainer.train(
            kernel, relu(3, 1), config, new DataSet("one", List.of("a"), same, none), 1, 0);
    assertThat(alone.outcome()).isEqualTo(Outcome.TRAINED);
    assertThat(alone.trainLoss()).isZero();
    assertThat(alone.testAccuracy()).isNaN();
    DataSet oneOfTwo = new DataSet("one of two", List.of("a", "b"), same, same);
    TrainingResult result = Trainer.train(kernel, relu(3, 1), config, oneOfTwo, 1, 0);
    assertThat(result.outcome()).isEqualTo(Outcome.TRAINED);
    assertThat(result.testAccuracy()).isOne();
  }

  @Test
  void aBatchLargerThanTheTrainingSetIsRefused() {
    assertThatThrownBy(() -> train(relu(2, 1), new TrainingConfig(2000, 1, 0.1, 0.9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot draw batches of 2000 from 1438 examples");
  }

  private static float[] filled(int count) {
    float[] values = new float[count];
    Arrays.fill(values, 1f);
    return values;
  }
}
