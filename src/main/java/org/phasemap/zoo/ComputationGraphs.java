package org.phasemap.zoo;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.network.Activation;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Shape;
import org.phasemap.spec.Recipe;
import org.phasemap.train.model.LayerValues;

/**
 * Networks that a graph of layers describes as Deeplearning4j's {@link ComputationGraph}. Node i is
 * called {@code i}; where it has groups of channels, theirs are {@code i-0}, {@code i-1} and so on.
 */
public final class ComputationGraphs {
  private ComputationGraphs() {}

  /**
   * A network.
   *
   * @param graph its read-out has an output for each class
   * @param rate learning rate
   * @param parameters of the nodes that have some, in order
   * @param precision of its arithmetic
   * @throws IllegalArgumentException if Deeplearning4j has none of its steps or its activation
   */
  public static ComputationGraph of(
      LayerGraph graph,
      Activation activation,
      Recipe recipe,
      double rate,
      List<LayerValues> parameters,
      DataType precision) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(precision)
            .updater(Parts.updater(recipe.optimiser(), rate))
            .graphBuilder()
            .addInputs("0");
    for (int i = 1; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      node.operation().read(new NodeVertices(builder, graph, i, activation, recipe));
    }
    ComputationGraph built =
        new ComputationGraph(builder.setOutputs(String.valueOf(graph.readout())).build());
    built.init();
    List<Integer> weighted = weighted(graph);
    for (int index = 0; index < weighted.size(); index++) {
      write(built, graph, weighted.get(index), parameters.get(index));
    }
    return built;
  }

  /** Numbers of the nodes with parameters. */
  static List<Integer> weighted(LayerGraph graph) {
    List<Integer> weighted = new ArrayList<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      if (graph.nodes().get(i).operation() instanceof Weighted) {
        weighted.add(i);
      }
    }
    return weighted;
  }

  private static void write(
      ComputationGraph built, LayerGraph graph, int node, LayerValues values) {
    GroupWeights weights = GroupWeights.of(graph, node);
    for (int group = 0; group < weights.groups(); group++) {
      org.deeplearning4j.nn.api.Layer layer = built.getLayer(weights.name(node, group));
      layer.getParam("W").assign(weights.theirs(values.weights(), group));
      if (values.bias() != null) {
        layer.getParam("b").assign(weights.bias(values.bias(), group));
      }
    }
  }

  /**
   * Inputs as the network takes them.
   *
   * @param features n₀ × batch, column by column, each in the order that the graph is given
   */
  public static INDArray inputs(LayerGraph graph, float[] features) {
    Operation.Given given = (Operation.Given) graph.nodes().get(0).operation();
    Shape shape = given.shape();
    long batch = features.length / shape.size();
    if (shape.grid().isEmpty()) {
      return Nd4j.create(features, new long[] {batch, shape.size()}, 'c');
    }
    long height = shape.grid().get(0);
    long[] sizes = {batch, height, shape.positions() / height, shape.channels()};
    long[] stored = {batch, given.planes(), shape.size() / given.planes()};
    INDArray byPosition = Nd4j.create(features, stored, 'c').permute(0, 2, 1).dup('c');
    return byPosition.reshape('c', sizes).permute(0, 3, 1, 2).dup('c');
  }
}
