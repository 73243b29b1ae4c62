package org.phasemap.train.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.data.DataSet;
import org.phasemap.data.Digits;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.GraphPass;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.architecture.Groups;
import org.phasemap.network.architecture.Place;
import org.phasemap.network.architecture.Pools;
import org.phasemap.network.architecture.Readout;
import org.phasemap.network.architecture.Residual;
import org.phasemap.network.architecture.Transformer;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Recipe;
import org.phasemap.train.Families;
import org.phasemap.train.Recipes;
import org.phasemap.train.TestKernels;
import org.phasemap.train.loss.Criteria;
import org.phasemap.train.loss.Criterion;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.LayerGradient;
import org.phasemap.train.model.Minibatches;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Pass;
import org.phasemap.train.model.Replicate;
import org.phasemap.zoo.ComputationGraphs;

/**
 * From the same weights on the same minibatch, Deeplearning4j's {@link ComputationGraph} in float64
 * finds the same value at every node, the same loss and the same gradient by every weight, bias, γ
 * and β.
 */
class Deeplearning4jGraphTest {
  private static final int BATCH = 6;
  private static final DataSet DIGITS = Digits.load();

  /** Largest error over the largest number of an array: float32 rounding, which norms amplify. */
  private static final double TOLERANCE = 2e-5;

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

  static Stream<Arguments> networks() {
    List<Integer> line = List.of(16);
    List<Integer> image = List.of(8, 8);
    return Stream.of(
        Arguments.of("relu", 3, 6, Families.plain(Norm.BATCH, Place.BEFORE)),
        Arguments.of("silu", 2, 6, Families.plain(Norm.BATCH, Place.AFTER)),
        Arguments.of("tanh", 3, 8, Families.plain(Norm.LAYER, Place.BEFORE)),
        Arguments.of("relu", 3, 8, Families.plain(Norm.RMS, Place.AFTER)),
        Arguments.of("relu", 3, 4, Families.convolutional(Norm.NONE)),
        Arguments.of("tanh", 2, 4, Families.convolutional(Norm.BATCH)),
        Arguments.of("tanh", 2, 4, Families.convolutional(Norm.LAYER)),
        Arguments.of(
            "tanh",
            3,
            4,
            Families.convolutional(
                line, Padding.CIRCULAR, Groups.of(2), Readout.AVERAGE, Norm.NONE)),
        Arguments.of(
            "silu",
            3,
            4,
            Families.convolutional(
                image, Padding.REFLECT, Groups.SEPARABLE, Readout.AVERAGE, Norm.NONE)),
        Arguments.of("relu", 4, 4, Families.pooled(image, Pools.Kind.MAX)),
        Arguments.of("silu", 4, 4, Families.pooled(image, Pools.Kind.AVERAGE)),
        Arguments.of("tanh", 3, 4, Families.pooled(line, Pools.Kind.MAX)),
        Arguments.of("relu", 4, 8, Families.residual(Residual.Order.PRE2, Norm.NONE)),
        Arguments.of("relu", 3, 8, Families.zeroGamma(Residual.Order.V1, Norm.BATCH)),
        Arguments.of("relu", 2, 4, Families.residualImage()),
        Arguments.of("tanh", 4, 8, Families.densenet(Norm.LAYER)),
        Arguments.of("relu", 5, 16, Families.autoencoder()),
        Arguments.of("tanh", 3, 8, Families.plain(Parameterisation.WEIGHT_NORM)),
        Arguments.of("tanh", 3, 8, Families.plain(Parameterisation.SPECTRAL_NORM)),
        Arguments.of("tanh", 3, 4, Families.convolutional(Parameterisation.WEIGHT_NORM)),
        Arguments.of("tanh", 3, 4, Families.convolutional(Parameterisation.SPECTRAL_NORM)),
        Arguments.of("relu", 2, 8, Families.transformer(Transformer.Order.PRE)),
        Arguments.of("tanh", 2, 8, Families.transformer(Transformer.Order.POST)),
        Arguments.of("relu", 2, 8, Families.transformer(Transformer.Order.NONE)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void deeplearning4jFindsTheSame(
      String activation, int depth, int width, Architecture.Layered architecture) {
    NetworkConfig network = Families.network(architecture, activation, depth, width, 1.7);
    GraphModel model = GraphModel.of(architecture, network, DIGITS);
    LayerGraph graph = model.graph().graph();
    Recipe recipe = Recipes.sgd(BATCH, 1, 0.1, 0.9);
    Criterion criterion = Criteria.of(Loss.CROSS_ENTROPY, DIGITS.classes());
    Replicate replicate = new Replicate(3, 0);
    try (Arena arena = new Arena(kernel)) {
      Minibatches batches = new Minibatches(kernel, arena, DIGITS.train(), BATCH, replicate);
      Parameters parameters = model.draw(kernel, arena, List.of(network), recipe, replicate);
      batches.advance();
      Pass pass = model.pass(kernel, arena, BATCH, 1);
      float[] logits = pass.forward(parameters, batches.features());
      float[] gradient = new float[logits.length];
      double loss = criterion.gradient(logits, 0, batches.labels(), gradient);

      Parameters effective = OverNorm.of(model, parameters, arena);
      ComputationGraph theirs =
          ComputationGraphs.of(
              graph, network.activation(), recipe, 0.1, effective.read(), DataType.DOUBLE);
      INDArray x = ComputationGraphs.inputs(graph, batches.features()).castTo(DataType.DOUBLE);
      INDArray y = Nd4j.zeros(DataType.DOUBLE, BATCH, DIGITS.classes());
      for (int j = 0; j < BATCH; j++) {
        y.putScalar(j, batches.labels()[j], 1);
      }
      theirs.setInputs(x);
      theirs.setLabels(y);
      theirs.computeGradientAndScore();
      assertThat(loss).isCloseTo(theirs.score(), within(TOLERANCE * loss));

      Map<String, INDArray> values = theirs.feedForward(new INDArray[] {x}, true);
      GraphPass ours = arena.pass(new GraphPass(kernel, graph, network.activation(), BATCH));
      Matrix input = arena.matrix(DIGITS.dimension(), BATCH);
      input.write(batches.features());
      ours.forward(model.graph().byNode(effective), input);
      for (int i = 1; i < graph.readout(); i++) {
        Shape shape = graph.nodes().get(i).shape();
        assertSame(
            "value " + i,
            ours.value(i).read(),
            inOurOrder(Objects.requireNonNull(values.get("" + i)), shape));
      }

      List<float[]> gradients = new ArrayList<>();
      pass.backward(
          parameters,
          gradient,
          (layer, made) -> gradients.add(0, entries(parameters.layers().get(layer), made)));
      for (int index = 0; index < gradients.size(); index++) {
        int node = model.graph().weighted().get(index);
        double[] expected = gradient(theirs, model, node);
        if (model.graph().rule(node).isEmpty()) {
          assertSame("gradient " + node, gradients.get(index), expected);
        } else {
          OverNorm rule = OverNorm.of(model, node);
          rule.assertGradient(
              parameters.layers().get(index).read().weights(), expected, gradients.get(index));
        }
      }
    }
  }

  private static void assertSame(String what, float[] ours, double[] theirs) {
    assertThat(ours).as(what).hasSameSizeAs(theirs);
    double largest = 0;
    double error = 0;
    for (int i = 0; i < ours.length; i++) {
      largest = Math.max(largest, Math.abs(theirs[i]));
      error = Math.max(error, Math.abs(theirs[i] - ours[i]));
    }
    assertThat(error).as("%s of %s", what, largest).isLessThanOrEqualTo(TOLERANCE * largest + 1e-9);
  }

  /** Theirs are batch × channels × grid; ours have channels fastest, then the grid. */
  private static double[] inOurOrder(INDArray values, Shape shape) {
    long positions = shape.positions();
    return values
        .reshape('c', BATCH, shape.channels(), positions)
        .permute(0, 2, 1)
        .dup('c')
        .data()
        .asDouble();
  }

  private static float[] entries(Layer layer, LayerGradient gradient) {
    try (Arena arena = new Arena(kernel)) {
      Layer sum = layer.zeros(arena);
      gradient.addTo(kernel, new double[] {1}, 0, sum);
      float[] weights = sum.weights().block(0).read();
      Blocks bias = sum.bias();
      float[] biases = bias == null ? new float[0] : bias.block(0).read();
      float[] all = Arrays.copyOf(weights, weights.length + biases.length);
      System.arraycopy(biases, 0, all, weights.length, biases.length);
      return all;
    }
  }

  /** Weights group by group, then biases; they sum over the batch. */
  private static double[] gradient(ComputationGraph theirs, GraphModel model, int node) {
    Weighted operation = (Weighted) model.graph().graph().nodes().get(node).operation();
    List<double[]> parts = new ArrayList<>();
    for (String kind : List.of("W", "b")) {
      for (int group = 0; group < operation.groups(); group++) {
        String name = operation.groups() == 1 ? "" + node : node + "-" + group;
        INDArray part = theirs.gradient().getGradientFor(name + "_" + kind);
        if (part != null) {
          INDArray ordered = part.rank() == 4 ? part.permute(2, 3, 1, 0) : part;
          parts.add(ordered.div(BATCH).dup('c').data().asDouble());
        }
      }
    }
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
