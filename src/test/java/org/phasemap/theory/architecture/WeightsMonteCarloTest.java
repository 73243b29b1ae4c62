package org.phasemap.theory.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.theory.architecture.weights.DeepAutoencoder;
import org.phasemap.theory.architecture.weights.SpectralNormalisation;
import org.phasemap.theory.architecture.weights.WeightNormalisation;
import org.phasemap.theory.gauss.GaussianDraws;
import org.phasemap.theory.gauss.Sample;
import org.phasemap.theory.limit.DenseNetwork;

/** Normalised weights and chains of layers against drawn matrices. */
class WeightsMonteCarloTest {
  private final GaussianDraws draws = new GaussianDraws(new Random(35));

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12})
  void weightNormIsExactAtAnyWidth(int n) {
    Sample square = new Sample();
    for (int i = 0; i < 20_000; i++) {
      double[] h = GaussianDraws.relu(draws.gaussian(n, 1));
      double norm = DenseNetwork.dot(h, h);
      if (norm > 0) {
        double sum = 0;
        for (int r = 0; r < n; r++) {
          double[] v = draws.gaussian(n, 1);
          double z = DenseNetwork.dot(v, h);
          sum += z > 0 ? 2 * z * z / DenseNetwork.dot(v, v) : 0;
        }
        square.add(sum * sum / (norm * norm));
      }
    }
    square.hasMean(WeightNormalisation.reluSecondMoment(n), 0.04);
  }

  /** The asymptotic law is within 1 %, and 0.3 % of errors of the sample. */
  @ParameterizedTest
  @CsvSource({"16, 16", "16, 64", "64, 16"})
  void largestSingularValues(int rows, int columns) {
    Sample largest = new Sample();
    for (int i = 0; i < 2500; i++) {
      largest.add(largestSquare(draws.weights(rows, columns, 1), columns));
    }
    double theory = SpectralNormalisation.largestSquare(rows, columns);
    assertThat(largest.mean()).isCloseTo(theory, within(0.013 * theory));
  }

  /** By squaring WᵀW until one direction is left. */
  private double largestSquare(double[][] w, int columns) {
    double[] v = draws.gaussian(columns, 1);
    double value = 0;
    for (int i = 0; i < 40; i++) {
      double[] z = GaussianDraws.times(w, v);
      value = DenseNetwork.dot(z, z) / DenseNetwork.dot(v, v);
      double[] next = new double[columns];
      for (int r = 0; r < w.length; r++) {
        for (int j = 0; j < columns; j++) {
          next[j] += w[r][j] * z[r] / value;
        }
      }
      v = next;
    }
    return value;
  }

  @Test
  void autoencodersAreChainsOfLayers() {
    int[] widths = {6, 3, 5};
    DeepAutoencoder theory = new DeepAutoencoder(widths, 1.1);
    Sample dead = new Sample();
    Sample ln = new Sample();
    for (int i = 0; i < 30_000; i++) {
      double[] h = draws.gaussian(4, 1);
      double before = GaussianDraws.meanSquare(h);
      for (int n : widths) {
        h = GaussianDraws.relu(GaussianDraws.times(draws.weights(n, h.length, 2 * 1.21), h));
      }
      double after = GaussianDraws.meanSquare(h);
      dead.add(after > 0 ? 0 : 1);
      if (after > 0) {
        ln.add(Math.log(after / before));
      }
    }
    dead.hasMean(theory.deadProbability(), 0.003);
    ln.hasMean(theory.logMean(), 0.02);
    ln.hasStandardDeviation(Math.sqrt(theory.logVariance()));
  }

  @Test
  void tiedDecodersPointBack() {
    int n = 300;
    int b = 150;
    Sample cosine = new Sample();
    for (int i = 0; i < 40; i++) {
      double[] x = draws.gaussian(n, 1);
      double[][] w = draws.weights(b, n, 2);
      double[] h = GaussianDraws.relu(GaussianDraws.times(w, x));
      double[] out = new double[n];
      for (int r = 0; r < b; r++) {
        for (int j = 0; j < n; j++) {
          out[j] += w[r][j] * h[r];
        }
      }
      cosine.add(
          DenseNetwork.dot(x, out)
              / Math.sqrt(DenseNetwork.dot(x, x) * DenseNetwork.dot(out, out)));
    }
    cosine.hasMean(DeepAutoencoder.tiedCosine(0.5), 0.01);
    assertThat(DeepAutoencoder.tiedCosine(1)).isCloseTo(1 / Math.sqrt(3), within(1e-15));
  }
}
