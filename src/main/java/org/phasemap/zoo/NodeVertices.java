package org.phasemap.zoo;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.phasemap.network.Activation;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;
import org.phasemap.spec.Recipe;

/** Adds what a node is in Deeplearning4j. */
final class NodeVertices implements Operation.Reader<GraphBuilder> {
  private final GraphBuilder builder;
  private final LayerGraph graph;
  private final int number;
  private final Node node;
  private final Activation activation;
  private final Recipe recipe;

  NodeVertices(
      GraphBuilder builder, LayerGraph graph, int number, Activation activation, Recipe recipe) {
    this.builder = builder;
    this.graph = graph;
    this.number = number;
    this.node = graph.nodes().get(number);
    this.activation = activation;
    this.recipe = recipe;
  }

  private String name() {
    return String.valueOf(number);
  }

  private String from(int index) {
    return String.valueOf(node.from().get(index));
  }

  private String[] from() {
    return node.from().stream().map(String::valueOf).toArray(String[]::new);
  }

  private Shape fromShape() {
    return graph.nodes().get(node.from().get(0)).shape();
  }

  private GraphBuilder formula(Formula formula) {
    return builder.addVertex(name(), formula, from());
  }

  @Override
  public GraphBuilder given(Operation.Given given) {
    throw new IllegalArgumentException("node " + number + " of a graph is given");
  }

  @Override
  public GraphBuilder tokens(Operation.Tokens tokens) {
    return formula(Formulas.tokens(tokens, node.shape()));
  }

  @Override
  public GraphBuilder weighted(Weighted weighted) {
    GroupWeights weights = GroupWeights.of(graph, number);
    String input = weights.isVector() ? from(0) : padded(weighted.taps());
    if (weights.groups() == 1) {
      return builder.addLayer(name(), layer(weights), input);
    }
    List<String> parts = new ArrayList<>();
    for (int group = 0; group < weights.groups(); group++) {
      String part = weights.name(number, group);
      int first = group * weights.in();
      builder.addVertex(part + "-in", new SubsetVertex(first, first + weights.in() - 1), input);
      builder.addLayer(part, layer(weights), part + "-in");
      parts.add(part);
    }
    return builder.addVertex(name(), new MergeVertex(), parts.toArray(String[]::new));
  }

  private Layer layer(GroupWeights weights) {
    boolean biased = weights.operation().biased() && recipe.biases();
    if (number == graph.readout()) {
      return Parts.readout(recipe, weights.in(), weights.out());
    }
    if (weights.isVector()) {
      return new DenseLayer.Builder()
          .nIn(weights.in())
          .nOut(weights.out())
          .hasBias(biased)
          .activation(new ActivationIdentity())
          .build();
    }
    int stride = weights.operation().taps().stride();
    boolean isLine = fromShape().grid().size() == 1;
    return new ConvolutionLayer.Builder(weights.operation().taps().kernel(), weights.width())
        .stride(stride, isLine ? 1 : stride)
        .convolutionMode(ConvolutionMode.Truncate)
        .nIn(weights.in())
        .nOut(weights.out())
        .hasBias(biased)
        .activation(new ActivationIdentity())
        .build();
  }

  /** The grid with what the taps see around it. */
  private String padded(Taps taps) {
    if (taps.transposed()) {
      throw new IllegalArgumentException("Deeplearning4j: no transposed convolutions here");
    }
    if (taps.kernel() == 1) {
      return from(0);
    }
    List<Integer> grid = fromShape().grid();
    int before = (taps.kernel() - 1) / 2;
    String padded = name() + "-padded";
    boolean isLine = grid.size() == 1;
    if (taps.padding() == Padding.ZERO) {
      int[] around = {
        before, after(taps, grid.get(0)), isLine ? 0 : before, isLine ? 0 : after(taps, grid.get(1))
      };
      builder.addLayer(padded, new ZeroPaddingLayer.Builder(around).build(), from(0));
    } else {
      int[] width = isLine ? new int[] {0} : line(taps, grid.get(1));
      builder.addVertex(padded, Formulas.pad(fromShape(), line(taps, grid.get(0)), width), from(0));
    }
    return padded;
  }

  /** Places beyond the end that the last tap of the last output sees. */
  private static int after(Taps taps, int extent) {
    int before = (taps.kernel() - 1) / 2;
    int outputs = taps.out(List.of(extent)).get(0);
    return Math.max(0, taps.stride() * (outputs - 1) + taps.kernel() - before - extent);
  }

  /** A dimension from before its start to after its end, as places of it. */
  private static int[] line(Taps taps, int extent) {
    int[][] sources = Taps.of(taps.kernel(), taps.padding()).sources(List.of(extent));
    int[] line = new int[(taps.kernel() - 1) / 2 + extent + after(taps, extent)];
    for (int i = 0; i < line.length; i++) {
      line[i] = i < extent ? sources[0][i] : sources[i - extent + 1][extent - 1];
    }
    return line;
  }

  @Override
  public GraphBuilder activate(Operation.Activate activate) {
    return builder.addLayer(
        name(),
        new ActivationLayer.Builder().activation(Parts.activation(activation)).build(),
        from());
  }

  @Override
  public GraphBuilder normalise(Operation.Normalise normalise) {
    if (normalise.norm() != Norm.BATCH) {
      return formula(Formulas.normalise(normalise));
    }
    int channels = node.shape().channels();
    BatchNormalization layer =
        new BatchNormalization.Builder()
            .nIn(channels)
            .nOut(channels)
            .eps(0)
            .lockGammaBeta(true)
            .gamma(normalise.gamma())
            .beta(0)
            .activation(new ActivationIdentity())
            .build();
    return builder.addLayer(name(), layer, from());
  }

  @Override
  public GraphBuilder sum(Operation.Sum sum) {
    List<String> scaled = new ArrayList<>();
    for (int index = 0; index < node.from().size(); index++) {
      double factor = sum.factors().get(index);
      String term = factor == 1 ? from(index) : name() + "-" + index;
      if (factor != 1) {
        builder.addVertex(term, new ScaleVertex(factor), from(index));
      }
      scaled.add(term);
    }
    return builder.addVertex(
        name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), scaled.toArray(String[]::new));
  }

  @Override
  public GraphBuilder concatenate(Operation.Concatenate concatenate) {
    return builder.addVertex(name(), new MergeVertex(), from());
  }

  @Override
  public GraphBuilder attend(Operation.Attend attend) {
    return formula(Formulas.attend(attend, node.shape()));
  }

  @Override
  public GraphBuilder pool(Operation.Pool pool) {
    boolean isLine = fromShape().grid().size() == 1;
    int[] window = {pool.window(), isLine ? 1 : pool.window()};
    SubsamplingLayer.PoolingType type =
        pool.kept() == Operation.Kept.MAX
            ? SubsamplingLayer.PoolingType.MAX
            : SubsamplingLayer.PoolingType.AVG;
    return builder.addLayer(
        name(), new SubsamplingLayer.Builder(type, window, window).build(), from());
  }

  @Override
  public GraphBuilder average(Operation.Average average) {
    return builder.addLayer(name(), new GlobalPoolingLayer(PoolingType.AVG), from());
  }

  @Override
  public GraphBuilder flatten(Operation.Flatten flatten) {
    return formula(Formulas.flatten(fromShape()));
  }
}
