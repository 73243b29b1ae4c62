package org.phasemap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.data.DataSet;
import org.phasemap.data.Digits;
import org.phasemap.data.Examples;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.Architecture;
import org.phasemap.network.architecture.Families;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.TrainedQuantity;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;
import org.phasemap.train.loss.Criteria;
import org.phasemap.train.loss.Criterion;
import org.phasemap.zoo.Deeplearning4j;

/** Networks that are to give back what they are shown. */
class ReconstructionTest {
  private static final DataSet DIGITS = Digits.load();
  private static final int SIZE = 64;
  private static final Recipe ADAM =
      Recipes.of(Recipes.sgd(64, 300, 0.1, 0.5))
          .with(Loss.RECONSTRUCTION)
          .with(new Optimiser.Adam(0.9, 0.999, 1e-8))
          .with(new LearningRate.Fixed(0.003))
          .recipe();

  private static Measurement train(
      Architecture architecture, String phi, int depth, int width, double sigmaW2, Recipe recipe) {
    try (Kernel kernel = TestKernels.fastest()) {
      return Trainer.train(
              kernel,
              List.of(
                  org.phasemap.train.Families.network(architecture, phi, depth, width, sigmaW2)),
              recipe,
              DIGITS,
              7,
              0)
          .get(0);
    }
  }

  /** Least mean of ½ Σ (f − x)² over affine maps through so many units (Eckart and Young 1936). */
  private static double bestAffine(int units) {
    float[] features = DIGITS.train().features();
    int count = DIGITS.train().count();
    double[] mean = new double[SIZE];
    for (int i = 0; i < features.length; i++) {
      mean[i % SIZE] += features[i] / (double) count;
    }
    double[][] covariance = new double[SIZE][SIZE];
    for (int j = 0; j < count; j++) {
      for (int a = 0; a < SIZE; a++) {
        for (int b = 0; b < SIZE; b++) {
          covariance[a][b] +=
              (features[j * SIZE + a] - mean[a]) * (features[j * SIZE + b] - mean[b]) / count;
        }
      }
    }
    double[] values =
        new EigenDecomposition(new Array2DRowRealMatrix(covariance)).getRealEigenvalues();
    Arrays.sort(values);
    return Arrays.stream(values, 0, SIZE - units).sum() / 2;
  }

  /** A linear network through a bottleneck comes close to principal components, and not below. */
  @Test
  void aLinearAutoencoderFindsThePrincipalComponents() {
    Architecture architecture = Families.parse("autoencoder(widths=8x1x8)");
    Measurement result = train(architecture, "linear", 3, 64, 1, ADAM);
    double best = bestAffine(8);
    assertThat(result.number(TrainedQuantity.TRAIN_LOSS)).isBetween(best, 1.15 * best);
    assertThat(result.category()).isEqualTo(Category.TRAINED);
    // 64 components of mean square 1; the network starts with the square of its own outputs beside.
    assertThat(result.profile(Profile.CURVE_LOSS)[0]).isBetween(20.0, 200.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 0.08})
  void aDeepOneTrainsFromHeAndNotFromAFifthOfIt(double sigmaW2) {
    Architecture architecture = Families.parse("autoencoder(widths=2x1x2)");
    Measurement result = train(architecture, "relu", 8, 32, sigmaW2, ADAM);
    assertThat(result.category()).isEqualTo(sigmaW2 == 2 ? Category.TRAINED : Category.STALLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "autoencoder(widths=4x1x4)"})
  void deeplearning4jTrainsToTheSame(String architecture) {
    Recipe recipe = Recipes.of(Recipes.sgd(32, 6, 0.002, 0.5)).with(Loss.RECONSTRUCTION).recipe();
    Examples few =
        new Examples(
            SIZE,
            Arrays.copyOf(DIGITS.train().features(), 200 * SIZE),
            Arrays.copyOf(DIGITS.train().labels(), 200));
    DataSet data = new DataSet("few", DIGITS.classNames(), few, few);
    try (Kernel kernel = TestKernels.fastest()) {
      var network =
          org.phasemap.train.Families.network(Families.parse(architecture), "tanh", 3, 16, 1.6);
      Measurement ours = Trainer.train(kernel, List.of(network), recipe, data, 7, 0).get(0);
      Measurement theirs =
          Trainer.trainWith(new Deeplearning4j(), kernel, network, recipe, data, 7, 0);
      double[] losses = ours.profile(Profile.CURVE_LOSS);
      assertThat(losses[losses.length - 1]).isLessThan(losses[0]);
      for (int i = 0; i < losses.length; i++) {
        assertThat(theirs.profile(Profile.CURVE_LOSS)[i])
            .isCloseTo(losses[i], within(1e-3 * losses[i]));
      }
    }
  }

  @Test
  void theGradientIsThatOfTheLoss() {
    float[] features = {1, -2, 0.5f, 3};
    float[] outputs = {0.25f, -1, 0.5f, 2};
    Criterion criterion = Criteria.of(Loss.RECONSTRUCTION, 2).of(features);
    float[] gradient = new float[4];
    double loss = criterion.gradient(outputs, 0, new int[2], gradient);
    assertThat(loss).isEqualTo((0.75 * 0.75 + 1 + 1) / 4);
    assertThat(gradient).containsExactly(-0.375f, 0.5f, 0, -0.5f);
    assertThat(criterion.ignorance()).isEqualTo(1);
    // Of the first 1.56 of 5 is missing, of the second 1 of 9.25.
    assertThat(criterion.right(outputs, 0, new int[2], 2)).isEqualTo(1);
  }
}
