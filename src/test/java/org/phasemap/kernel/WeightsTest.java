package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.network.WeightLaw;

class WeightsTest {
  private static final double SIGMA_W2 = 1.7;

  @SuppressWarnings("NullAway.Init")
  private static Kernel kernel;

  @BeforeAll
  static void open() {
    kernel = Backends.fastest().open();
  }

  @AfterAll
  static void close() {
    kernel.close();
  }

  private static Stream stream(Purpose purpose) {
    return new Stream(3, 1, 2, purpose);
  }

  private static double[][] rows(Matrix matrix) {
    float[] values = matrix.read();
    double[][] rows = new double[matrix.rows()][matrix.columns()];
    for (int j = 0; j < matrix.columns(); j++) {
      for (int i = 0; i < matrix.rows(); i++) {
        rows[i][j] = values[j * matrix.rows() + i];
      }
    }
    return rows;
  }

  private static double[][] draw(WeightLaw law, int rows, int columns) {
    try (Matrix out = kernel.matrix(rows, columns)) {
      Weights.draw(kernel, law, SIGMA_W2, stream(Purpose.WEIGHTS), out);
      return rows(out);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NORMAL,100,80",
    "NORMAL,80,100",
    "UNIFORM,100,80",
    "UNIFORM,80,100",
    "TRUNCATED,100,80",
    "TRUNCATED,80,100",
    "ORTHOGONAL,90,90",
    "ORTHOGONAL,100,80",
    "ORTHOGONAL,80,100"
  })
  void everyLawHasMeanZeroAndTheVarianceOfItsFanIn(WeightLaw law, int rows, int columns) {
    double[][] w = draw(law, rows, columns);
    double sum = 0;
    double squares = 0;
    for (double[] row : w) {
      for (double x : row) {
        sum += x;
        squares += x * x;
      }
    }
    double count = (double) rows * columns;
    double variance = SIGMA_W2 / columns;
    // Four standard errors; of the normal law for the second moment, the widest of all.
    assertThat(sum / count).isCloseTo(0, within(4 * Math.sqrt(variance / count)));
    assertThat(squares / count).isCloseTo(variance, within(4 * variance * Math.sqrt(2 / count)));
  }

  @Test
  void uniformWeightsFillTheirInterval() {
    double bound = Math.sqrt(3 * SIGMA_W2 / 80);
    double[][] w = draw(WeightLaw.UNIFORM, 100, 80);
    double largest = 0;
    for (double[] row : w) {
      for (double x : row) {
        largest = Math.max(largest, Math.abs(x));
      }
    }
    assertThat(largest).isBetween(0.999 * bound, bound * (1 + 1e-6));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "40,40", "70,30", "30,70", "128,128"})
  void orthogonalWeightsScaleLengthsOfTheSmallerSideAllAlike(int rows, int columns) {
    double[][] w = draw(WeightLaw.ORTHOGONAL, rows, columns);
    double square = SIGMA_W2 * Math.max(rows, columns) / columns;
    int count = Math.min(rows, columns);
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < count; b++) {
        double product = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          product += rows >= columns ? w[k][a] * w[k][b] : w[a][k] * w[b][k];
        }
        assertThat(product).isCloseTo(a == b ? square : 0, within(1e-6 * square));
      }
    }
  }

  @Test
  void aMaskKeepsEachWeightWithItsProbability() {
    try (Matrix mask = kernel.matrix(100, 90)) {
      Weights.drawMask(kernel, 0.3, stream(Purpose.MASK), mask);
      double kept = 0;
      for (float x : mask.read()) {
        assertThat(x).isIn(0f, 1f);
        kept += x;
      }
      assertThat(kept / 9000).isCloseTo(0.3, within(4 * Math.sqrt(0.3 * 0.7 / 9000)));
    }
  }

  @Test
  void biasesHaveTheirVariance() {
    try (Matrix bias = kernel.matrix(5000, 1)) {
      Weights.drawBias(kernel, 0.04, stream(Purpose.BIASES), bias);
      double squares = 0;
      for (float x : bias.read()) {
        squares += (double) x * x;
      }
      assertThat(squares / 5000).isCloseTo(0.04, within(4 * 0.04 * Math.sqrt(2.0 / 5000)));
      Weights.drawBias(kernel, 0, stream(Purpose.BIASES), bias);
      for (float x : bias.read()) {
        assertThat(x).isZero();
      }
    }
  }
}
