package org.phasemap.theory.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.architecture.norm.BatchNormGrowth;
import org.phasemap.theory.architecture.skip.ResidualGrowth;
import org.phasemap.theory.gauss.GaussianDraws;
import org.phasemap.theory.gauss.Sample;

/** Batch normalisation's formulas against simulated networks. */
class BatchNormMonteCarloTest {
  private final Random random = new Random(21);
  private final GaussianDraws draws = new GaussianDraws(random);

  @Test
  void batchNormedBranchesAdd() {
    int n = 30;
    int batch = 16;
    Sample growth = new Sample();
    for (int i = 0; i < 400; i++) {
      double[][] x = new double[batch][];
      for (int b = 0; b < batch; b++) {
        x[b] = draws.gaussian(n, 1);
      }
      double before = Arrays.stream(x).mapToDouble(GaussianDraws::meanSquare).sum();
      for (int block = 0; block < 3; block++) {
        double[][] w = draws.weights(n, n, 2);
        double[][] branch = new double[batch][];
        for (int b = 0; b < batch; b++) {
          branch[b] = GaussianDraws.times(w, GaussianDraws.relu(x[b]));
        }
        normalise(branch);
        for (int b = 0; b < batch; b++) {
          for (int j = 0; j < n; j++) {
            x[b][j] += 0.7 * branch[b][j];
          }
        }
      }
      double after = Arrays.stream(x).mapToDouble(GaussianDraws::meanSquare).sum();
      growth.add(after / before);
    }
    growth.hasMean(ResidualGrowth.batchNormed(3, 0.7), 0.02);
  }

  /** Zero mean and unit variance of each unit over the batch; returns the deviations before. */
  private static double[] normalise(double[][] x) {
    int batch = x.length;
    int n = x[0].length;
    double[] deviation = new double[n];
    for (int j = 0; j < n; j++) {
      double mean = 0;
      for (double[] row : x) {
        mean += row[j] / batch;
      }
      double variance = 0;
      for (double[] row : x) {
        row[j] -= mean;
        variance += row[j] * row[j] / batch;
      }
      deviation[j] = Math.sqrt(variance);
      for (double[] row : x) {
        row[j] /= deviation[j];
      }
    }
    return deviation;
  }

  @ParameterizedTest
  @CsvSource({"relu, 8", "tanh, 8", "linear, 6"})
  void gradientsGrowUnderBatchNorm(String activation, int batch) {
    Activation f = Activations.parse(activation);
    int n = 160;
    int depth = 14;
    int edge = 4;
    Sample growth = new Sample();
    for (int i = 0; i < 30; i++) {
      double[][][] normed = new double[depth][][];
      double[][] deviation = new double[depth][];
      double[][][] w = new double[depth][][];
      double[][] h = new double[batch][];
      for (int b = 0; b < batch; b++) {
        h[b] = draws.gaussian(n, 1);
      }
      for (int l = 0; l < depth; l++) {
        w[l] = draws.weights(n, n, 1);
        normed[l] = new double[batch][];
        for (int b = 0; b < batch; b++) {
          normed[l][b] = GaussianDraws.times(w[l], h[b]);
        }
        deviation[l] = normalise(normed[l]);
        for (int b = 0; b < batch; b++) {
          h[b] = Arrays.stream(normed[l][b]).map(f::value).toArray();
        }
      }
      double[][] gradient = new double[batch][];
      for (int b = 0; b < batch; b++) {
        gradient[b] = draws.gaussian(n, 1);
      }
      double[] ln = new double[depth];
      for (int l = depth - 1; l >= 0; l--) {
        gradient = batchNormBackward(gradient, normed[l], deviation[l], f);
        ln[l] =
            Math.log(Arrays.stream(gradient).mapToDouble(g -> GaussianDraws.meanSquare(g)).sum());
        double[][] below = new double[batch][n];
        for (int b = 0; b < batch; b++) {
          for (int r = 0; r < n; r++) {
            for (int j = 0; j < n; j++) {
              below[b][j] += w[l][r][j] * gradient[b][r];
            }
          }
        }
        gradient = below;
      }
      int layers = depth - 1 - 2 * edge;
      growth.add(Math.exp((ln[edge] - ln[depth - 1 - edge]) / layers));
    }
    growth.hasMean(BatchNormGrowth.finiteBatch(f, 1, batch), 0.02);
  }

  private static double[][] batchNormBackward(
      double[][] gradient, double[][] normed, double[] deviation, Activation f) {
    int batch = gradient.length;
    int n = deviation.length;
    double[][] out = new double[batch][n];
    for (int j = 0; j < n; j++) {
      double mean = 0;
      double along = 0;
      for (int b = 0; b < batch; b++) {
        double g = gradient[b][j] * f.derivative(normed[b][j]);
        mean += g / batch;
        along += g * normed[b][j] / batch;
      }
      for (int b = 0; b < batch; b++) {
        double g = gradient[b][j] * f.derivative(normed[b][j]);
        out[b][j] = (g - mean - along * normed[b][j]) / deviation[j];
      }
    }
    return out;
  }

  /** Rows {@code bn_meas_*} of the reference table: wide networks of another author. */
  @ParameterizedTest
  @CsvSource({"relu, 32, 1.522, 0.02", "relu, 64, 1.4916, 0.012", "tanh, 32, 1.207, 0.015"})
  void finiteBatchGrowthIsAsMeasuredElsewhere(String f, int batch, double measured, double error) {
    assertThat(BatchNormGrowth.finiteBatch(Activations.parse(f), 1, batch))
        .isCloseTo(measured, within(error));
  }

  @Test
  void largeBatchesTendToTheInfiniteOne() {
    for (String name : new String[] {"relu", "gelu", "tanh", "elu", "hard_tanh"}) {
      Activation f = Activations.parse(name);
      double limit = BatchNormGrowth.infiniteBatch(f);
      assertThat(BatchNormGrowth.finiteBatch(f, 1, 100_000)).isCloseTo(limit, within(1e-4));
      assertThat(limit).isGreaterThanOrEqualTo(1);
    }
    assertThat(BatchNormGrowth.finiteBatch(Activations.parse("linear"), 1, 9))
        .isCloseTo(BatchNormGrowth.linear(9), within(1e-13));
  }
}
