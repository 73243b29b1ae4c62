package org.phasemap.measure.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.parameter.WeightDraws;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Shape;

/**
 * What drawn weights do to columns is what one Gaussian matrix does. After questions whose columns
 * depend on earlier answers the whole matrix is asked for: it must have given those answers, and
 * its entries must be independent and normal. Both together are the joint law of all answers.
 */
class DrawnWeightsTest {
  private static final double SIGMA_W2 = 1.7;

  private static final int MATRICES = 2000;

  /** Over some 2,000 comparisons, a false alarm in about a thousand runs. */
  private static final double LEVEL = 5e-7;

  private static final double SIGMAS = 5.1;

  /** Float32 rounding, and what it grows to over nearly dependent columns. */
  private static final double ROUNDING = 2e-4;

  /** A question and its answer, both column by column. */
  private record Answer(boolean up, double[] sent, double[] come) {}

  @ParameterizedTest
  @CsvSource({"5, 4", "3, 6", "6, 6", "8, 2"})
  void answersAreThoseOfOneGaussianMatrix(int in, int out) {
    double[][] entries = new double[in * out][MATRICES];
    try (Kernel kernel = Backends.preferred().open()) {
      for (int r = 0; r < MATRICES; r++) {
        List<Answer> answers = new ArrayList<>();
        double[] g = matrix(kernel, in, out, r, answers);
        for (Answer answer : answers) {
          assertGiven(answer, g, in, out);
        }
        double deviation = Math.sqrt(SIGMA_W2 / in);
        for (int i = 0; i < g.length; i++) {
          entries[i][r] = g[i] / deviation;
        }
      }
    }
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    NormalDistribution normal = new NormalDistribution();
    for (int i = 0; i < entries.length; i++) {
      assertThat(test.kolmogorovSmirnovTest(normal, entries[i]))
          .as("entry " + i)
          .isGreaterThan(LEVEL);
      for (int j = 0; j < i; j++) {
        assertUncorrelated(entries[i], entries[j], x -> x, i + ", " + j);
        assertUncorrelated(entries[i], entries[j], x -> x * x - 1, "squares of " + i + ", " + j);
      }
    }
  }

  /** G, column by column, after questions of all kinds. */
  private static double[] matrix(
      Kernel kernel, int in, int out, int replicate, List<Answer> answers) {
    Random random = new Random(3);
    try (WeightDraws draws = new WeightDraws(kernel, 17, replicate);
        DrawnWeights weights = weights(kernel, draws, in, out)) {
      double[] h = random.doubles(2L * in, -1, 1).toArray();
      double[] z = ask(kernel, weights, true, h, in, out, answers);
      double[] back = ask(kernel, weights, false, map(z, Math::tanh), in, out, answers);
      // One column depends on the answer, one on what was sent before, one is zero.
      double[] mixed = new double[3 * in];
      for (int i = 0; i < in; i++) {
        mixed[i] = back[i] * back[i] - 0.3;
        mixed[in + i] = h[i] - 2 * h[in + i];
      }
      double[] more = ask(kernel, weights, true, mixed, in, out, answers);
      double[] top = new double[2 * out];
      for (int i = 0; i < out; i++) {
        top[i] = more[i] + z[i];
        top[out + i] = Math.cos(more[i]);
      }
      ask(kernel, weights, false, top, in, out, answers);
      double[] identity = new double[in * in];
      for (int i = 0; i < in; i++) {
        identity[i * (in + 1)] = 1;
      }
      return ask(kernel, weights, true, identity, in, out, new ArrayList<>());
    }
  }

  private static double[] map(double[] x, DoubleUnaryOperator f) {
    return Arrays.stream(x).map(f).toArray();
  }

  private static DrawnWeights weights(Kernel kernel, WeightDraws draws, int in, int out) {
    NetworkConfig network =
        new NetworkConfig(Activations.TANH, 3, out, WeightLaw.NORMAL, SIGMA_W2, 0, 1);
    Node node = new Node(Weighted.dense(out).unbiased(), List.of(0), Shape.vector(out), 2, 1);
    return new DrawnWeights(kernel, draws, network, node, Shape.vector(in));
  }

  private static double[] ask(
      Kernel kernel,
      DrawnWeights weights,
      boolean up,
      double[] sent,
      int in,
      int out,
      List<Answer> answers) {
    int rows = up ? in : out;
    int columns = sent.length / rows;
    try (Matrix from = kernel.matrix(rows, columns);
        Matrix to = kernel.matrix(up ? out : in, columns)) {
      float[] entries = new float[sent.length];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = (float) sent[i];
      }
      from.write(entries);
      if (up) {
        weights.up(from, to);
      } else {
        weights.down(from, to);
      }
      float[] come = to.read();
      double[] answer = new double[come.length];
      for (int i = 0; i < answer.length; i++) {
        answer[i] = come[i];
      }
      answers.add(new Answer(up, sent, answer));
      return answer;
    }
  }

  private static void assertGiven(Answer answer, double[] g, int in, int out) {
    int rows = answer.up() ? in : out;
    int results = answer.up() ? out : in;
    for (int column = 0; column < answer.sent().length / rows; column++) {
      double length = 0;
      for (int i = 0; i < rows; i++) {
        length += answer.sent()[column * rows + i] * answer.sent()[column * rows + i];
      }
      for (int j = 0; j < results; j++) {
        double product = 0;
        for (int i = 0; i < rows; i++) {
          double entry = answer.up() ? g[i * out + j] : g[j * out + i];
          product += entry * answer.sent()[column * rows + i];
        }
        assertThat(answer.come()[column * results + j])
            .isCloseTo(product, within(ROUNDING * (1 + Math.sqrt(length))));
      }
    }
  }

  private static void assertUncorrelated(
      double[] x, double[] y, DoubleUnaryOperator f, String name) {
    double[] products = new double[x.length];
    for (int r = 0; r < products.length; r++) {
      products[r] = f.applyAsDouble(x[r]) * f.applyAsDouble(y[r]);
    }
    double error = Math.sqrt(StatUtils.variance(products) / products.length);
    assertThat(Math.abs(StatUtils.mean(products))).as(name).isLessThan(SIGMAS * error);
  }

  @Test
  void columnsMayComeTogetherOrOneByOne() {
    int in = 40;
    int out = 30;
    double[] h = new Random(5).doubles(6L * in, -1, 1).toArray();
    try (Kernel kernel = Backends.preferred().open();
        WeightDraws draws = new WeightDraws(kernel, 1, 1);
        DrawnWeights together = weights(kernel, draws, in, out);
        DrawnWeights apart = weights(kernel, draws, in, out)) {
      double[] all = ask(kernel, together, true, h, in, out, new ArrayList<>());
      for (int a = 0; a < 6; a++) {
        double[] one = Arrays.copyOfRange(h, a * in, (a + 1) * in);
        double[] z = ask(kernel, apart, true, one, in, out, new ArrayList<>());

        assertThat(z)
            .containsExactly(Arrays.copyOfRange(all, a * out, (a + 1) * out), within(1e-5));
      }
    }
  }

  @Test
  void equalAndOppositeColumnsStaySoAndInfiniteOnesHurtNoOther() {
    double[] h = {0.3, -1, 0.7, 0.1, 0.3, -1, 0.7, 0.1, -0.3, 1, -0.7, -0.1, 0, 0, 0, 0};
    double[] broken = Arrays.copyOf(h, 20);
    broken[17] = Double.POSITIVE_INFINITY;
    try (Kernel kernel = Backends.preferred().open();
        WeightDraws draws = new WeightDraws(kernel, 1, 1);
        DrawnWeights weights = weights(kernel, draws, 4, 3);
        DrawnWeights others = weights(kernel, draws, 4, 3)) {
      double[] z = ask(kernel, weights, true, h, 4, 3, new ArrayList<>());
      double[] found = ask(kernel, others, true, broken, 4, 3, new ArrayList<>());

      for (int i = 0; i < 3; i++) {
        assertThat(z[3 + i]).isEqualTo(z[i]).isNotZero();
        assertThat(z[6 + i]).isEqualTo(-z[i]);
        assertThat(z[9 + i]).isZero();
        assertThat(found[i]).isCloseTo(z[i], within(1e-6));
        assertThat(found[12 + i]).isNaN();
      }
    }
  }

  @Test
  void coordinatesAreOfWhatHasComeUp() {
    double[] h = new Random(9).doubles(36, -1, 1).toArray();
    try (Kernel kernel = Backends.preferred().open();
        WeightDraws draws = new WeightDraws(kernel, 1, 1);
        DrawnWeights weights = weights(kernel, draws, 12, 7);
        Matrix columns = kernel.matrix(12, 3);
        Matrix product = kernel.matrix(7, 3)) {
      double[] z = ask(kernel, weights, true, h, 12, 7, new ArrayList<>());
      float[] entries = new float[36];
      for (int i = 0; i < 36; i++) {
        entries[i] = (float) h[i];
      }
      columns.write(entries);
      try (Matrix coordinates = weights.coordinates(columns)) {
        kernel.multiply(weights.weights().all(), coordinates, product);

        assertThat(kernel.gram(coordinates, 3))
            .containsExactly(kernel.gram(columns, 3), within(1e-5));
      }
      float[] found = product.read();
      for (int i = 0; i < z.length; i++) {
        // The images are those of G.
        assertThat(found[i] * Math.sqrt(SIGMA_W2 / 12)).isCloseTo(z[i], within(1e-5));
      }
    }
  }
}
