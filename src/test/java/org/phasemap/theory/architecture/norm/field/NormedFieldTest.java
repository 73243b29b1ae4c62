package org.phasemap.theory.architecture.norm.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.architecture.norm.BatchLaw;
import org.phasemap.theory.architecture.norm.NormalisedBatch;

/** Batch norm over positions: against spheres, where all numbers are alike, and by Monte Carlo. */
class NormedFieldTest {
  private static final int BATCH = 8;
  private static final int POSITIONS = 4;
  private static final int NUMBERS = BATCH * POSITIONS;
  private static final double GAMMA = 0.9;
  private static final int SAMPLES = 8_000;

  /** Of 4 positions around a ring: none, one and two apart. */
  private static PairAlgebra ring() {
    return new RingPairs(List.of(POSITIONS), new int[] {0, 1, 2, 1}, BATCH);
  }

  private static PairAlgebra grid() {
    return new GridPairs(POSITIONS, BATCH);
  }

  private static double[] plus(PairAlgebra algebra, double all, double diagonal) {
    double[] matrix = new double[algebra.size()];
    Arrays.fill(matrix, all);
    double[] byKind = new double[algebra.kinds()];
    Arrays.fill(byKind, diagonal);
    algebra.addDiagonal(matrix, byKind);
    return matrix;
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "leaky_relu(0.3)", "linear"})
  void independentPositionsAreALargerBatch(String name) {
    Activation activation = Activations.parse(name);
    NormalisedBatch batch = NormalisedBatch.of(activation, GAMMA, NUMBERS);
    BatchLaw law = BatchLaw.of(activation, NUMBERS);
    for (PairAlgebra algebra : List.of(ring(), grid())) {
      NormedField field = new NormedField(algebra, plus(algebra, 0.4, 1.7), activation, GAMMA);
      NormedField.Values values = field.values();
      double[] down = field.down(plus(algebra, -1.0 / NUMBERS, 1));

      assertThat(values.products())
          .containsExactly(plus(algebra, batch.valuePair(), batch.variance()), within(1e-8));
      assertThat(values.means()[0]).isCloseTo(batch.mean(), within(1e-8));
      double factor = GAMMA * GAMMA * law.slope() / 1.7;
      assertThat(down).containsExactly(plus(algebra, -factor / NUMBERS, factor), within(1e-8));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "gelu", "sin", "erf", "softplus"})
  void smoothActivationsAreWithinTheirErrors(String name) {
    Activation activation = Activations.parse(name);
    NormalisedBatch batch = NormalisedBatch.of(activation, 1, NUMBERS);
    NormedField field = new NormedField(ring(), plus(ring(), 0.4, 1.7), activation, 1);
    NormedField.Values values = field.values();
    double[] down = field.down(plus(ring(), -1.0 / NUMBERS, 1));

    assertThat(values.products())
        .containsExactly(plus(ring(), batch.valuePair(), batch.variance()), within(1e-5));
    assertThat(values.means()[0]).isCloseTo(batch.mean(), within(1e-5));
    double factor = BatchLaw.of(activation, NUMBERS).slope() / 1.7 * (1 - 1.0 / NUMBERS);
    assertThat(down[0]).isCloseTo(factor, within(2e-4 * factor));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "leaky_relu(0.3)", "tanh"})
  void momentsOfAnyCovarianceAreThoseOfSamples(String name) {
    Activation activation = Activations.parse(name);
    for (PairAlgebra algebra :
        activation.isHomogeneous() ? List.of(ring(), grid()) : List.of(ring())) {
      Random random = new Random(7);
      double[][] root = randomRoot(algebra, random);
      double[][] covariance = product(root);
      double[][] gradients = product(randomRoot(algebra, random));
      NormedField field = new NormedField(algebra, entries(algebra, covariance), activation, GAMMA);
      double[] values = field.values().products();
      double[] down = field.down(entries(algebra, gradients));
      Sample sample = new Sample(activation, root, gradients, random);

      assertClose(algebra, values, sample.values, sample.valueSquares);
      assertClose(algebra, down, sample.down, sample.downSquares);
    }
  }

  private static void assertClose(
      PairAlgebra algebra, double[] expected, double[][] sums, double[][] squares) {
    for (int i = 0; i < NUMBERS; i++) {
      for (int j = 0; j < NUMBERS; j++) {
        double mean = sums[i][j] / SAMPLES;
        double error = Math.sqrt((squares[i][j] / SAMPLES - mean * mean) / SAMPLES);
        assertThat(mean)
            .as("%s (%d, %d)", algebra, i, j)
            .isCloseTo(expected[entry(algebra, i, j)], within(4.5 * error + 1e-9));
      }
    }
  }

  /** Networks' z, gradients above φ and what becomes of them. */
  private static final class Sample {
    final double[][] values = new double[NUMBERS][NUMBERS];
    final double[][] valueSquares = new double[NUMBERS][NUMBERS];
    final double[][] down = new double[NUMBERS][NUMBERS];
    final double[][] downSquares = new double[NUMBERS][NUMBERS];

    Sample(Activation activation, double[][] root, double[][] gradients, Random random) {
      for (int s = 0; s < SAMPLES; s++) {
        double[] u = normalised(root, random);
        double[] psi = Arrays.stream(u).map(x -> activation.value(GAMMA * x)).toArray();
        add(psi, values, valueSquares);
      }
      double[][] above = lower(gradients);
      for (int s = 0; s < SAMPLES; s++) {
        double[] x = times(root, normals(random));
        double mean = Arrays.stream(x).average().orElseThrow();
        double length = Math.sqrt(Arrays.stream(x).map(z -> (z - mean) * (z - mean)).sum());
        double[] unit = Arrays.stream(x).map(z -> (z - mean) / length).toArray();
        double[] h = times(above, normals(random));
        double along = 0;
        for (int i = 0; i < NUMBERS; i++) {
          h[i] *= GAMMA * activation.derivative(GAMMA * Math.sqrt(NUMBERS) * unit[i]);
          along += h[i] * unit[i];
        }
        double common = Arrays.stream(h).average().orElseThrow();
        for (int i = 0; i < NUMBERS; i++) {
          h[i] = Math.sqrt(NUMBERS) / length * (h[i] - common - along * unit[i]);
        }
        add(h, down, downSquares);
      }
    }

    private static void add(double[] each, double[][] sums, double[][] squares) {
      for (int i = 0; i < NUMBERS; i++) {
        for (int j = 0; j < NUMBERS; j++) {
          double product = each[i] * each[j];
          sums[i][j] += product;
          squares[i][j] += product * product;
        }
      }
    }
  }

  private static double[] normalised(double[][] root, Random random) {
    double[] z = times(root, normals(random));
    double mean = Arrays.stream(z).average().orElseThrow();
    double square = Arrays.stream(z).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    return Arrays.stream(z).map(x -> (x - mean) / Math.sqrt(square)).toArray();
  }

  private static double[] normals(Random random) {
    return DoubleStream.generate(random::nextGaussian).limit(NUMBERS).toArray();
  }

  private static double[] times(double[][] matrix, double[] x) {
    double[] y = new double[matrix.length];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < x.length; j++) {
        y[i] += matrix[i][j] * x[j];
      }
    }
    return y;
  }

  /** A matrix with the algebra's symmetry, whose square has it too. */
  private static double[][] randomRoot(PairAlgebra algebra, Random random) {
    double[] entries = random.doubles(algebra.size(), -1, 1).toArray();
    double[][] matrix = new double[NUMBERS][NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      for (int j = 0; j < NUMBERS; j++) {
        double either = entries[entry(algebra, i, j)] + entries[entry(algebra, j, i)];
        matrix[i][j] = either + (i == j ? 12 : 0);
      }
    }
    return matrix;
  }

  private static double[][] product(double[][] root) {
    double[][] square = new double[NUMBERS][];
    Arrays.setAll(square, i -> times(root, root[i]));
    return square;
  }

  private static double[][] lower(double[][] matrix) {
    RealMatrix whole = new Array2DRowRealMatrix(matrix);
    return new CholeskyDecomposition(whole, 1e-9, 1e-12).getL().getData();
  }

  /** Numbers are those of an input, one after the other. */
  private static int entry(PairAlgebra algebra, int i, int j) {
    int a = i % POSITIONS;
    int b = j % POSITIONS;
    int block = i / POSITIONS == j / POSITIONS ? 0 : algebra.size() / 2;
    int apart = Math.floorMod(b - a, POSITIONS);
    return block + (algebra instanceof GridPairs ? a * POSITIONS + b : apart == 3 ? 1 : apart);
  }

  private static double[] entries(PairAlgebra algebra, double[][] matrix) {
    double[] entries = new double[algebra.size()];
    for (int i = 0; i < NUMBERS; i++) {
      for (int j = 0; j < NUMBERS; j++) {
        entries[entry(algebra, i, j)] = matrix[i][j];
      }
    }
    return entries;
  }
}
