package org.phasemap.measure.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.GraphPass;
import org.phasemap.kernel.graph.parameter.GraphParameters;
import org.phasemap.kernel.graph.parameter.NodeWeights;
import org.phasemap.kernel.graph.parameter.WeightDraws;
import org.phasemap.measure.finding.DerivativeMoments;
import org.phasemap.measure.input.InputColumns;
import org.phasemap.network.Activation;
import org.phasemap.network.Equation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.PhysicsInformed;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Operation;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.Inputs;

/** Derivatives of networks against differences of a float64 network of the same weights. */
class LayeredDerivativesTest {
  private static final int DEPTH = 3;
  private static final int WIDTH = 5;
  private static final float[] POINTS = {-0.75f, -0.1f, 0.4f};

  /** Differences of order 8 err by about h⁸ and by 1e-16/h². */
  private static final double STEP = 0.02;

  /** Of weights: errs by the step² and by 1e-12 over it. */
  private static final double NUDGE = 1e-4;

  /** Weights of each layer in float64: rows of [inputs of the unit, bias]. */
  private record Plain(Activation activation, double[][][] layers) {
    double u(double x) {
      double[] z = z(layers.length, x);
      return z[0];
    }

    /** Of layer l = 1 … L + 1, the read-out. */
    double[] z(int layer, double x) {
      double[] h = {x};
      double[] z = {};
      for (int l = 0; l < layer; l++) {
        z = new double[layers[l].length];
        for (int i = 0; i < z.length; i++) {
          z[i] = layers[l][i][h.length];
          for (int j = 0; j < h.length; j++) {
            z[i] += layers[l][i][j] * h[j];
          }
        }
        h = Arrays.stream(z).map(activation::value).toArray();
      }
      return z;
    }
  }

  private static NetworkConfig network(String activation, double keep) {
    return new NetworkConfig(
        new PhysicsInformed(Equation.POISSON),
        Activations.parse(activation),
        DEPTH,
        WIDTH,
        WeightLaw.NORMAL,
        1.7,
        0.3,
        keep);
  }

  private static LayerGraph graph() {
    return new PhysicsInformed(Equation.POISSON).graph(DEPTH, WIDTH, 1);
  }

  private static Plain plain(GraphParameters parameters, Activation activation) {
    LayerGraph graph = graph();
    List<double[][]> layers =
        IntStream.range(0, graph.nodes().size())
            .filter(i -> graph.nodes().get(i).operation() instanceof Operation.Weighted)
            .mapToObj(i -> rows(parameters.of(i)))
            .toList();
    return new Plain(activation, layers.toArray(double[][][]::new));
  }

  private static double[][] rows(NodeWeights weights) {
    Matrix all = weights.weights().all();
    float[] w = all.read();
    float[] b = Objects.requireNonNull(weights.bias()).read();
    double[][] rows = new double[all.rows()][all.columns() + 1];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < all.columns(); j++) {
        rows[i][j] = w[j * all.rows() + i];
      }
      rows[i][all.columns()] = b[i];
    }
    return rows;
  }

  private static double first(DoubleUnaryOperator f, double x) {
    double[] weight = {4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280};
    double sum = 0;
    for (int k = 1; k <= 4; k++) {
      sum += weight[k - 1] * (f.applyAsDouble(x + k * STEP) - f.applyAsDouble(x - k * STEP));
    }
    return sum / STEP;
  }

  private static double second(DoubleUnaryOperator f, double x) {
    double[] weight = {8.0 / 5, -1.0 / 5, 8.0 / 315, -1.0 / 560};
    double sum = -205.0 / 72 * f.applyAsDouble(x);
    for (int k = 1; k <= 4; k++) {
      sum += weight[k - 1] * (f.applyAsDouble(x + k * STEP) + f.applyAsDouble(x - k * STEP));
    }
    return sum / (STEP * STEP);
  }

  /** A network and what is measured of it. */
  private interface Look {
    void at(Kernel kernel, GraphParameters parameters, Matrix inputs, Plain plain);
  }

  private static void look(NetworkConfig network, Look look) {
    try (Kernel kernel = Backends.fastest().open();
        WeightDraws draws = new WeightDraws(kernel, 11, 0);
        GraphParameters parameters = GraphParameters.draw(draws, graph(), network);
        Matrix inputs = kernel.matrix(1, POINTS.length)) {
      inputs.write(POINTS);
      look.at(kernel, parameters, inputs, plain(parameters, network.activation()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "sin", "silu", "softplus"})
  void outputsAreDifferencesOfTheNetwork(String activation) {
    look(
        network(activation, 1),
        (kernel, parameters, inputs, plain) -> {
          LayerGraph jets = graph().jets();
          try (GraphPass pass = new GraphPass(kernel, jets, plain.activation(), POINTS.length)) {
            float[] found = pass.forward(parameters, inputs).read();
            for (int a = 0; a < POINTS.length; a++) {
              double u = plain.u(POINTS[a]);
              double slope = first(plain::u, POINTS[a]);
              double bend = second(plain::u, POINTS[a]);
              // Three layers of float32.
              double size = 1 + Math.abs(u) + Math.abs(slope) + Math.abs(bend);
              assertThat((double) found[3 * a]).isCloseTo(u, within(2e-6 * size));
              assertThat((double) found[3 * a + 1]).isCloseTo(slope, within(2e-6 * size));
              assertThat((double) found[3 * a + 2]).isCloseTo(bend, within(2e-6 * size));
            }
          }
        });
  }

  @Test
  void momentsAreThoseOfTheUnits() {
    NetworkConfig network = network("tanh", 1);
    look(
        network,
        (kernel, parameters, inputs, plain) -> {
          DerivativeMoments found = moments(kernel, network, parameters, inputs);
          for (int l = 1; l <= DEPTH; l++) {
            double slopes = 0;
            double bends = 0;
            for (int i = 0; i < WIDTH; i++) {
              int layer = l;
              int unit = i;
              DoubleUnaryOperator z = x -> plain.z(layer, x)[unit];
              for (float x : POINTS) {
                slopes += Math.pow(first(z, x), 2) / WIDTH / POINTS.length;
                bends += Math.pow(second(z, x), 2) / WIDTH / POINTS.length;
              }
            }
            assertThat(found.layers()[1][l - 1]).isCloseTo(slopes, withinPercentage(1e-3));
            assertThat(found.layers()[2][l - 1]).isCloseTo(bends, within(1e-5 * bends + 1e-12));
          }
          for (int a = 0; a < POINTS.length; a++) {
            double square = 0;
            double bend = 0;
            for (int i = 0; i < WIDTH; i++) {
              int unit = i;
              DoubleUnaryOperator h = x -> plain.activation().value(plain.z(DEPTH, x)[unit]);
              square += Math.pow(h.applyAsDouble(POINTS[a]), 2);
              bend += Math.pow(second(h, POINTS[a]), 2);
            }
            assertThat(found.outputs()[0][a])
                .isCloseTo(1.7 * square / WIDTH + 0.3, withinPercentage(1e-3));
            assertThat(found.outputs()[2][a]).isCloseTo(1.7 * bend / WIDTH, withinPercentage(1e-3));
          }
        });
  }

  private static DerivativeMoments moments(
      Kernel kernel, NetworkConfig network, GraphParameters parameters, Matrix inputs) {
    LayerGraph graph = graph();
    try (GraphPass pass = new GraphPass(kernel, graph, network.activation(), POINTS.length)) {
      pass.forward(parameters, inputs);
      LayeredNetwork measured =
          new LayeredNetwork(kernel, network, graph, parameters, pass, POINTS.length);
      return new LayeredDerivatives(measured, Equation.POISSON, List.of(Probe.GRADIENT)).at(inputs);
    }
  }

  /** u″ by x, and then by every weight and bias; dropped weights stay away. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 0.6})
  void kernelsAreDifferencesByAllWeights(double keep) {
    NetworkConfig network = network("tanh", keep);
    look(
        network,
        (kernel, parameters, inputs, plain) -> {
          DerivativeMoments found = moments(kernel, network, parameters, inputs);
          for (int a = 0; a < POINTS.length; a++) {
            double sum = 0;
            for (double[][] layer : plain.layers()) {
              int fanIn = layer[0].length - 1;
              for (double[] row : layer) {
                for (int j = 0; j < row.length; j++) {
                  double slope = row[j] == 0 ? 0 : byWeight(plain, row, j, POINTS[a]);
                  sum += (j < fanIn ? 1.7 / fanIn : 0.3) * slope * slope;
                }
              }
            }
            // Differences, and float32 of a few layers.
            assertThat(found.kernel()[a]).isCloseTo(sum, withinPercentage(2e-3));
          }
        });
  }

  private static double byWeight(Plain plain, double[] row, int j, double x) {
    double before = row[j];
    row[j] = before + NUDGE;
    double above = second(plain::u, x);
    row[j] = before - NUDGE;
    double below = second(plain::u, x);
    row[j] = before;
    return (above - below) / (2 * NUDGE);
  }

  @Test
  void pointsAreTheMiddlesOfEqualParts() {
    try (Kernel kernel = Backends.fastest().open();
        Matrix x = InputColumns.draw(kernel, new Inputs(new Inputs.Collocation(), 4, 1, 1), 9)) {
      assertThat(x.read()).containsExactly(-0.75f, -0.25f, 0.25f, 0.75f);
    }
  }
}
