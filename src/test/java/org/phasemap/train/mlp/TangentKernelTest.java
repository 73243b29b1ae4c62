package org.phasemap.train.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.data.DataSet;
import org.phasemap.data.Examples;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.TrainedQuantity;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Recipe;
import org.phasemap.train.Recipes;
import org.phasemap.train.ReferenceNetwork;
import org.phasemap.train.TestKernels;
import org.phasemap.train.Trainer;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Replicate;

class TangentKernelTest {
  private static final int INPUTS = 5;
  private static final int CLASSES = 3;
  private static final int EXAMPLES = 4;

  /** Examples whose labels go round the classes. */
  private static DataSet data(int inputs, float[] features, int classes) {
    int[] labels = new int[features.length / inputs];
    Arrays.setAll(labels, i -> i % classes);
    Examples examples = new Examples(inputs, features, labels);
    List<String> names = IntStream.range(0, classes).mapToObj(i -> "c" + i).toList();
    return new DataSet("few", names, examples, examples);
  }

  /** The gradient of one output of one example, from the loss ½ (f − y)² at residual 1. */
  private static double[] gradient(ReferenceNetwork network, double[] x, int output) {
    double h = 1e-5;
    double[] flat = new double[0];
    for (int l = 0; l < network.weights.length; l++) {
      for (double[] row : network.weights[l]) {
        flat = append(flat, slopes(network, row, x, output, h, true));
      }
      flat = append(flat, slopes(network, network.biases[l], x, output, h, false));
    }
    return flat;
  }

  private static double[] slopes(
      ReferenceNetwork network,
      double[] parameters,
      double[] x,
      int output,
      double h,
      boolean masked) {
    double[] slopes = new double[parameters.length];
    for (int i = 0; i < slopes.length; i++) {
      double here = parameters[i];
      if (masked && here == 0) {
        continue;
      }
      parameters[i] = here + h;
      double above = network.outputs(x)[output];
      parameters[i] = here - h;
      slopes[i] = (above - network.outputs(x)[output]) / (2 * h);
      parameters[i] = here;
    }
    return slopes;
  }

  private static double[] append(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,1", "1,0.6", "3,0.6"})
  void isTheProductOfGradientsByFiniteDifferences(int depth, double keep) {
    NetworkConfig config =
        new NetworkConfig(Activations.parse("tanh"), depth, 7, WeightLaw.NORMAL, 1.7, 0.2, keep);
    Random random = new Random(5);
    float[] features = new float[INPUTS * EXAMPLES];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    try (Kernel kernel = TestKernels.fastest();
        Arena arena = new Arena(kernel)) {
      Parameters parameters =
          Parameters.draw(
              kernel,
              arena,
              List.of(config),
              Recipes.sgd(1, 1, 1, 1),
              data(INPUTS, features, CLASSES),
              new Replicate(3, 0));
      double[] theta = TangentKernel.of(kernel, config, parameters, features, EXAMPLES, CLASSES);
      ReferenceNetwork network = ReferenceNetwork.of(config.activation(), parameters);
      double[][] gradients = new double[EXAMPLES * CLASSES][];
      for (int p = 0; p < gradients.length; p++) {
        double[] x = new double[INPUTS];
        int example = p % EXAMPLES;
        Arrays.setAll(x, i -> features[example * INPUTS + i]);
        gradients[p] = gradient(network, x, p / EXAMPLES);
      }
      double largest = Arrays.stream(theta).max().orElseThrow();
      for (int p = 0; p < gradients.length; p++) {
        for (int q = 0; q < gradients.length; q++) {
          double sum = 0;
          for (int i = 0; i < gradients[p].length; i++) {
            sum += gradients[p][i] * gradients[q][i];
          }
          assertThat(theta[p * gradients.length + q]).isCloseTo(sum, within(1e-5 * largest));
        }
      }
    }
  }

  @Test
  void theLargestEigenvalueIsThatOfADecomposition() {
    Random random = new Random(8);
    double[][] factor = new double[12][30];
    for (double[] row : factor) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    Array2DRowRealMatrix f = new Array2DRowRealMatrix(factor);
    double[][] theta = f.multiply(f.transpose()).getData();
    double[] flat = Arrays.stream(theta).flatMapToDouble(Arrays::stream).toArray();
    double expected =
        Arrays.stream(new EigenDecomposition(new Array2DRowRealMatrix(theta)).getRealEigenvalues())
            .max()
            .orElseThrow();
    assertThat(TangentKernel.largestEigenvalue(flat)).isCloseTo(expected, within(1e-6 * expected));
    assertThat(TangentKernel.largestEigenvalue(new double[9])).isZero();
    flat[3] = Double.NaN;
    assertThat(TangentKernel.largestEigenvalue(flat)).isNaN();
  }

  @Test
  void driftIsARelativeFrobeniusNorm() {
    assertThat(TangentKernel.drift(new double[] {3, 0, 0, 4}, new double[] {3, 3, 0, 0}))
        .isCloseTo(1, within(1e-15));
    assertThat(TangentKernel.drift(null, new double[4])).isNaN();
  }

  /**
   * Full-batch descent of a wide network on half the squared error, and that of its linearisation.
   */
  private record Descent(double[] losses, double[] linearised) {
    private static final int COUNT = 8;

    static Descent of(double fraction, int outputs) {
      Random random = new Random(2);
      float[] features = new float[10 * COUNT];
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) random.nextGaussian();
      }
      DataSet data = data(10, features, outputs);
      NetworkConfig wide =
          new NetworkConfig(Activations.parse("tanh"), 2, 2048, WeightLaw.NORMAL, 1.5, 0.1, 1);
      Recipe recipe =
          Recipes.of(Recipes.sgd(COUNT, 40, 1, 0.9))
              .with(Loss.MSE)
              .with(new LearningRate.Critical(fraction))
              .recipe();
      try (Kernel kernel = TestKernels.fastest()) {
        Measurement result = Trainer.train(kernel, List.of(wide), recipe, data, 1, 0).get(0);
        double[] linearised =
            linearised(kernel, wide, data, result.number(TrainedQuantity.LEARNING_RATE_USED), 5);
        return new Descent(result.profile(Profile.CURVE_LOSS), linearised);
      }
    }

    /** f ← f − η Θ (f − y)/m. */
    private static double[] linearised(
        Kernel kernel, NetworkConfig wide, DataSet data, double rate, int steps) {
      int classes = data.classes();
      try (Arena arena = new Arena(kernel)) {
        float[] features = data.train().features();
        Parameters parameters =
            Parameters.draw(
                kernel, arena, List.of(wide), Recipes.sgd(1, 1, 1, 1), data, new Replicate(1, 0));
        double[] theta = TangentKernel.of(kernel, wide, parameters, features, COUNT, classes);
        float[] logits =
            new Backpropagation(kernel, arena, wide, 10, classes, COUNT, 1)
                .forward(parameters, features);
        int size = COUNT * classes;
        double[] residual = new double[size];
        Arrays.setAll(
            residual,
            p -> {
              int example = p % COUNT;
              int output = p / COUNT;
              return logits[example * classes + output]
                  - (data.train().labels()[example] == output ? 1.0 : 0.0);
            });
        double[] losses = new double[steps];
        for (int step = 0; step < steps; step++) {
          losses[step] = Arrays.stream(residual).map(r -> r * r).sum() / 2 / COUNT;
          double[] before = residual.clone();
          for (int p = 0; p < size; p++) {
            for (int q = 0; q < size; q++) {
              residual[p] -= rate / COUNT * theta[p * size + q] * before[q];
            }
          }
        }
        return losses;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void descentConvergesBelowTheCriticalRateAndGrowsAboveIt(int outputs) {
    Descent below = Descent.of(0.9, outputs);
    Descent above = Descent.of(1.1, outputs);
    for (Descent descent : List.of(below, above)) {
      for (int step = 0; step < descent.linearised.length; step++) {
        double linear = descent.linearised[step];
        // What is left out is of relative order 1/√n = 0.02 for each step.
        assertThat(descent.losses[step]).isCloseTo(linear, within(0.02 * (step + 1) * linear));
      }
    }
    assertThat(below.losses[below.losses.length - 1]).isLessThan(0.1 * below.losses[0]);
    double largest = Arrays.stream(above.losses).skip(5).max().orElseThrow();
    assertThat(largest).isGreaterThan(2 * above.losses[4]);
  }
}
