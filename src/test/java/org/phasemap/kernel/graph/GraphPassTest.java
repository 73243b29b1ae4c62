package org.phasemap.kernel.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.parameter.GraphParameters;
import org.phasemap.kernel.graph.parameter.NodeWeights;
import org.phasemap.kernel.graph.parameter.WeightDraws;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;

/** Passes through any graph against float64 and differences of it. */
class GraphPassTest {
  private static final int BATCH = 3;
  private static final long GRAPHS = 40;

  /** Float32 rounding, which a division by a small standard deviation makes much of. */
  private static final double ROUNDING = 2e-3;

  /** Of central differences: their error is of the order of its square. */
  private static final double STEP = 1e-5;

  private final Random random = new Random(7);
  private int checked;

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.6})
  void passesAgreeWithFloat64(double keepProbability) {
    try (Kernel kernel = Backends.preferred().open()) {
      for (long seed = 0; seed < GRAPHS; seed++) {
        check(kernel, RandomGraphs.of(seed), seed, keepProbability);
      }
    }
    assertThat(checked).isGreaterThan(15);
  }

  /**
   * Large enough for {@link org.phasemap.kernel.graph.weighing.Strips}; reflection has no
   * convolution on the way down.
   */
  @ParameterizedTest
  @EnumSource(Padding.class)
  void passesOfLargeImagesAgreeWithFloat64(Padding padding) {
    LayerGraph.Builder builder = new LayerGraph.Builder();
    int last = builder.add(new Operation.Given(new Shape(24, List.of(11, 12))));
    for (int groups : new int[] {1, 2}) {
      Taps taps = Taps.of(groups == 1 ? 3 : 6, padding);
      Operation.Weighted convolution =
          new Operation.Weighted(24, taps, groups, 1.5, true, Parameterisation.PLAIN);
      last = builder.add(new Operation.Activate(), builder.add(convolution, last));
      builder.endLayer(last);
    }
    LayerGraph graph =
        builder.readout(Operation.Weighted.dense(2), builder.add(new Operation.Average(), last));
    try (Kernel kernel = Backends.preferred().open()) {
      check(kernel, graph, 1, 1);
    }
    assertThat(checked).isEqualTo(1);
  }

  @Test
  void randomGraphsHaveAllOperations() {
    Set<Class<?>> seen = new HashSet<>();
    for (long seed = 0; seed < GRAPHS; seed++) {
      RandomGraphs.of(seed).nodes().forEach(node -> seen.add(node.operation().getClass()));
    }

    assertThat(seen).hasSize(Operation.class.getPermittedSubclasses().length);
  }

  private void check(Kernel kernel, LayerGraph graph, long seed, double keepProbability) {
    Activation activation = Activations.TANH;
    NetworkConfig network =
        new NetworkConfig(activation, 3, 4, WeightLaw.NORMAL, 1.7, 0.2, keepProbability);
    try (WeightDraws draws = new WeightDraws(kernel, seed, 0);
        GraphParameters parameters = GraphParameters.draw(draws, graph, network);
        GraphPass pass = new GraphPass(kernel, graph, activation, BATCH)) {
      ReferenceNetwork reference = new ReferenceNetwork(graph, activation, parameters);
      int numbers = graph.nodes().get(0).shape().size();
      double[] x = gaussian(numbers * BATCH);
      pass.forward(parameters, matrix(kernel, x, numbers));
      x = ReferenceNetwork.widened(pass.value(0).read());
      List<double[]> values = reference.forward(x, BATCH, -1, x);
      if (reference.margin() > 1000 * STEP) {
        for (int i = 0; i < values.size(); i++) {
          assertClose(pass.value(i).read(), values.get(i), seed + " value of " + name(graph, i));
        }
        checked++;
        checkDerivatives(kernel, graph, pass, parameters, reference, x, seed);
      }
    }
  }

  private void checkDerivatives(
      Kernel kernel,
      LayerGraph graph,
      GraphPass pass,
      GraphParameters parameters,
      ReferenceNetwork reference,
      double[] x,
      long seed) {
    int top = graph.readout();
    Matrix value = pass.value(top);
    double[] g = gaussian(value.rows() * value.columns());
    Map<Integer, double[]> gradients = new HashMap<>();
    Map<Integer, double[]> weightGradients = new HashMap<>();
    pass.backward(
        top,
        matrix(kernel, g, value.rows()),
        (node, gradient) -> {
          gradients.put(node, ReferenceNetwork.widened(gradient.read()));
          if (graph.nodes().get(node).operation() instanceof Operation.Weighted) {
            weightGradients.put(node, weightGradient(kernel, pass, parameters, node, gradient));
          }
        });
    for (int node : gradients.keySet()) {
      double[] v = gaussian(Objects.requireNonNull(gradients.get(node)).length);
      double expected =
          (along(reference, x, node, v, STEP, g) - along(reference, x, node, v, -STEP, g))
              / (2 * STEP);
      double[] gradient = gradients.get(node);
      assertScalar(dot(gradient, v), expected, v, gradient, seed, graph, node);
      double[][] reached = new double[1][];
      pass.tangent(
          node,
          matrix(kernel, v, pass.value(node).rows()),
          (at, tangent) -> {
            if (at == top) {
              reached[0] = ReferenceNetwork.widened(tangent.read());
            }
          });
      assertScalar(dot(reached[0], g), expected, v, gradient, seed, graph, node);
    }
    for (int node : weightGradients.keySet()) {
      double[] sum = Objects.requireNonNull(weightGradients.get(node));
      double[] v = gaussian(sum.length);
      mask(parameters.of(node), v);
      double[] weights = reference.weights(node);
      shift(weights, v, STEP);
      double above = along(reference, x, -1, v, 0, g);
      shift(weights, v, -2 * STEP);
      double below = along(reference, x, -1, v, 0, g);
      shift(weights, v, STEP);
      assertScalar(dot(sum, v), (above - below) / (2 * STEP), v, sum, seed, graph, node);
    }
  }

  /** Input by input, to see that they add up. */
  private static double[] weightGradient(
      Kernel kernel, GraphPass pass, GraphParameters parameters, int node, Matrix gradient) {
    NodeWeights own = parameters.of(node);
    Blocks like = own.weights();
    Matrix sum = kernel.matrix(like.all().rows(), like.all().columns());
    NodeWeights into =
        new NodeWeights(new Blocks(sum, like.columns(), like.stride()), null, own.mask());
    pass.addWeightGradient(node, gradient, 2, 0, 1, into);
    pass.addWeightGradient(node, gradient, 2, 1, BATCH - 1, into);
    double[] entries = ReferenceNetwork.widened(sum.read());
    for (int i = 0; i < entries.length; i++) {
      entries[i] /= 2;
    }
    return entries;
  }

  private static void mask(NodeWeights weights, double[] v) {
    if (weights.mask() != null) {
      float[] mask = weights.mask().read();
      for (int i = 0; i < v.length; i++) {
        v[i] *= mask[i];
      }
    }
  }

  private static void shift(double[] weights, double[] v, double step) {
    for (int i = 0; i < v.length; i++) {
      weights[i] += step * v[i];
    }
  }

  private static double along(
      ReferenceNetwork reference, double[] x, int node, double[] v, double step, double[] g) {
    double[] shift = v.clone();
    for (int i = 0; i < shift.length; i++) {
      shift[i] *= step;
    }
    List<double[]> values = reference.forward(x, BATCH, node, shift);
    return dot(values.get(values.size() - 1), g);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void assertScalar(
      double actual,
      double expected,
      double[] v,
      double[] gradient,
      long seed,
      LayerGraph graph,
      int node) {
    double size = Math.sqrt(dot(v, v) * dot(gradient, gradient)) + 1e-3;

    assertThat(Math.abs(actual - expected) / size)
        .as("%d: %s of %s, %s", seed, name(graph, node), actual, expected)
        .isLessThan(ROUNDING);
  }

  private static void assertClose(float[] actual, double[] expected, String name) {
    double size = Math.sqrt(dot(expected, expected) / expected.length);
    double worst = 0;
    for (int i = 0; i < actual.length; i++) {
      worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    }
    assertThat(worst).as(name).isLessThan(ROUNDING * size + 1e-6);
  }

  private static String name(LayerGraph graph, int node) {
    return node + " " + graph.nodes().get(node);
  }

  private double[] gaussian(int count) {
    return random.doubles(count).map(u -> 2 * Math.sqrt(3) * (u - 0.5)).toArray();
  }

  private static Matrix matrix(Kernel kernel, double[] values, int rows) {
    Matrix matrix = kernel.matrix(rows, values.length / rows);
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    matrix.write(narrow);
    return matrix;
  }
}
