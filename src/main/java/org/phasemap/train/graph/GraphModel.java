package org.phasemap.train.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.DataSet;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.parameter.NodeWeights;
import org.phasemap.kernel.graph.parameter.WeightDraws;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.Equation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Shape;
import org.phasemap.spec.Recipe;
import org.phasemap.train.loss.Criteria;
import org.phasemap.train.loss.Criterion;
import org.phasemap.train.loss.EquationResidual;
import org.phasemap.train.loss.Evaluation;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.ForeignEngine;
import org.phasemap.train.model.ForeignNetwork;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.LayerValues;
import org.phasemap.train.model.Model;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Pass;
import org.phasemap.train.model.Replicate;

/**
 * Networks that a graph of layers describes, one at a time. Their parameters are those of the nodes
 * that have some, in order; a convolution's groups stand side by side in its layer.
 *
 * @param graph as it is trained
 * @param activation φ
 * @param classes number of logits
 * @param equation what the output is to solve: then it stands beside its derivatives; null for none
 */
public record GraphModel(
    TrainedGraph graph, Activation activation, int classes, @Nullable Equation equation)
    implements Model {
  /** With nothing to solve. */
  GraphModel(TrainedGraph graph, Activation activation, int classes) {
    this(graph, activation, classes, null);
  }

  /** Of a network on a data set, with an output for each class. */
  static GraphModel of(Architecture.Layered architecture, NetworkConfig network, DataSet data) {
    return of(architecture, network, data, data.classes());
  }

  /** Of a network on a data set. */
  public static GraphModel of(
      Architecture.Layered architecture, NetworkConfig network, DataSet data, int outputs) {
    LayerGraph initial =
        architecture
            .graph(network.depth(), network.width(), data.dimension())
            .ofPlanes(data.planes());
    TrainedGraph trained = TrainedGraph.of(initial, outputs, Math.sqrt(network.sigmaW2()));
    return architecture
        .equation()
        .map(equation -> new GraphModel(trained.jets(), network.activation(), outputs, equation))
        .orElseGet(() -> new GraphModel(trained, network.activation(), outputs));
  }

  @Override
  public Parameters draw(
      Kernel kernel,
      Arena arena,
      List<NetworkConfig> networks,
      Recipe recipe,
      Replicate replicate) {
    if (networks.size() != 1) {
      throw new IllegalArgumentException(networks.size() + " networks; expected one");
    }
    NetworkConfig network = networks.get(0);
    List<Layer> layers = new ArrayList<>();
    try (WeightDraws draws = new WeightDraws(kernel, replicate.seed(), replicate.number())) {
      for (int node : graph.weighted()) {
        Layer layer = zeros(arena, node, recipe, network.keepProbability() < 1);
        Double factor = graph.factors().get(node);
        if (factor == null) {
          draw(kernel, draws, network, node, recipe, layer);
        } else {
          float[] factors = new float[layer.weights().columns()];
          Arrays.fill(factors, factor.floatValue());
          layer.weights().block(0).write(factors);
          if (graph.isWeightFactor(node)) {
            drawBias(kernel, draws, network, node, layer);
          }
        }
        layers.add(layer);
      }
    }
    return new Parameters(List.copyOf(layers));
  }

  private Layer zeros(Arena arena, int node, Recipe recipe, boolean masked) {
    Weighted operation = (Weighted) graph.graph().nodes().get(node).operation();
    Shape from = graph.from(node);
    int rows = operation.channels() / operation.groups();
    int columns = operation.taps().count(from.grid()) * from.channels();
    boolean drops = masked && !graph.factors().containsKey(node);
    return new Layer(
        arena.blocks(rows, columns, 1),
        operation.biased() && recipe.biases() ? arena.blocks(operation.channels(), 1, 1) : null,
        drops ? arena.blocks(rows, columns, 1) : null);
  }

  private void drawBias(
      Kernel kernel, WeightDraws draws, NetworkConfig network, int number, Layer layer) {
    Node node = graph.graph().nodes().get(number);
    try (NodeWeights drawn = draws.draw(network, node, graph.from(number))) {
      if (layer.bias() != null && drawn.bias() != null) {
        kernel.copy(drawn.bias(), layer.bias().block(0));
      }
    }
  }

  private void draw(
      Kernel kernel,
      WeightDraws draws,
      NetworkConfig network,
      int number,
      Recipe recipe,
      Layer layer) {
    Node node = graph.graph().nodes().get(number);
    try (NodeWeights drawn = draws.draw(network, node, graph.from(number))) {
      Matrix weights = layer.weights().block(0);
      kernel.copy(drawn.weights().all(), weights);
      if (number == graph.graph().readout() && recipe.readoutScale() != 1) {
        double[] scale = new double[weights.columns()];
        Arrays.fill(scale, recipe.readoutScale());
        kernel.scaleColumns(scale, weights);
      }
      if (layer.bias() != null && drawn.bias() != null) {
        kernel.copy(drawn.bias(), layer.bias().block(0));
      }
      if (layer.mask() != null && drawn.mask() != null) {
        kernel.copy(drawn.mask(), layer.mask().block(0));
      }
    }
  }

  @Override
  public Pass pass(Kernel kernel, Arena arena, int batch, int count) {
    return new GraphBackpropagation(kernel, arena, graph, activation, batch);
  }

  @Override
  public double[] tangentKernel(Kernel kernel, Parameters network, float[] features, int examples) {
    int inputs = graph.graph().dimension();
    int batch = graph.mixesInputs() ? features.length / inputs : examples;
    try (Arena arena = new Arena(kernel)) {
      Pass pass = pass(kernel, arena, batch, 1);
      pass.forward(network, Arrays.copyOf(features, batch * inputs));
      return GraphTangentKernel.of(kernel, pass, network, examples, classes);
    }
  }

  @Override
  public ForeignNetwork open(
      ForeignEngine engine,
      NetworkConfig network,
      Recipe recipe,
      double rate,
      List<LayerValues> start) {
    return engine.open(graph.graph(), network, recipe, rate, start);
  }

  @Override
  public Criterion criterion(Recipe recipe, DataSet data) {
    return equation == null ? Criteria.of(recipe, data) : new EquationResidual(equation);
  }

  @Override
  public Evaluation.Order order() {
    return graph.mixesInputs() ? Evaluation.Order.DEALT : Evaluation.Order.AS_GIVEN;
  }
}
