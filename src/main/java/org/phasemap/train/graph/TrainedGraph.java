package org.phasemap.train.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.graph.parameter.GraphParameters;
import org.phasemap.kernel.graph.parameter.NodeWeights;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Normalise;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.Parameters;

/**
 * A graph as it is trained: the read-out has an output for each class, and after each normalisation
 * stand its γ and β, a number for each channel, which are trained. At initialisation all γ of a
 * normalisation are the one number of its graph, and β is 0. Weights under weight norm have rows of
 * length 1 and after them a trained factor g for each channel, σ_w at the start, and the bias
 * (Salimans and Kingma 2016).
 *
 * @param graph γ, β and g are weights of one tap and of a group for each channel
 * @param weighted numbers of the nodes with parameters, in order
 * @param factors γ or g at the start, by the number of its node
 * @param sigmaW σ_w
 */
record TrainedGraph(
    LayerGraph graph, List<Integer> weighted, Map<Integer, Double> factors, double sigmaW) {
  /**
   * Of a network.
   *
   * @param initial the network at initialisation
   * @param outputs of the read-out
   * @param sigmaW σ_w
   */
  static TrainedGraph of(LayerGraph initial, int outputs, double sigmaW) {
    Builder builder = new Builder(sigmaW);
    for (int i = 0; i < initial.nodes().size(); i++) {
      Node node = initial.nodes().get(i);
      if (node.operation() instanceof Normalise normalise) {
        builder.normalise(node, normalise);
      } else if (i == initial.readout()) {
        Weighted readout = (Weighted) node.operation();
        builder.add(node, widened(readout, outputs), node.shape().withChannels(outputs));
      } else if (node.operation() instanceof Weighted weighted
          && weighted.parameterisation() == Parameterisation.WEIGHT_NORM) {
        builder.weightNorm(node, weighted, initial);
      } else {
        builder.add(node, node.operation(), node.shape());
      }
    }
    return builder.graph(initial);
  }

  private static Weighted widened(Weighted readout, int outputs) {
    return new Weighted(
        outputs,
        readout.taps(),
        readout.groups(),
        readout.gain2(),
        readout.biased(),
        readout.parameterisation());
  }

  /** The same with values beside their derivatives along the input. */
  TrainedGraph jets() {
    return new TrainedGraph(graph.jets(), weighted, factors, sigmaW);
  }

  /** Shape of what goes into a node with parameters. */
  Shape from(int node) {
    return graph.nodes().get(graph.nodes().get(node).from().get(0)).shape();
  }

  /** Whether a node's factors are those of weights under weight norm, and its bias theirs. */
  boolean isWeightFactor(int node) {
    int below = graph.nodes().get(node).from().get(0);
    return factors.containsKey(node) && graph.nodes().get(below).operation() instanceof Weighted;
  }

  /** How the weights of a node come from what is trained; empty where they are trained. */
  Optional<WeightRule> rule(int node) {
    Weighted operation = (Weighted) graph.nodes().get(node).operation();
    Shape from = from(node);
    int rows = operation.channels() / operation.groups();
    int columns = operation.taps().count(from.grid()) * from.channels() / operation.groups();
    return switch (operation.parameterisation()) {
      case PLAIN -> Optional.empty();
      case WEIGHT_NORM -> Optional.of(new UnitRows(rows, columns));
      case SPECTRAL_NORM -> {
        double scale = Math.sqrt(operation.gain2()) * sigmaW;
        yield Optional.of(new UnitSpectrum(rows, columns, operation.groups(), scale));
      }
    };
  }

  /** Parameters as the graph has them, in the same memory; masks are not among them. */
  GraphParameters byNode(Parameters parameters) {
    List<@Nullable NodeWeights> nodes =
        new ArrayList<>(Collections.nCopies(graph.nodes().size(), null));
    for (int index = 0; index < weighted.size(); index++) {
      nodes.set(weighted.get(index), ofNode(index, parameters.layers().get(index)));
    }
    return new GraphParameters(nodes);
  }

  /** The same of one layer. */
  NodeWeights ofNode(int index, Layer layer) {
    Node node = graph.nodes().get(weighted.get(index));
    int columns = layer.weights().columns() / ((Weighted) node.operation()).groups();
    return new NodeWeights(
        new Blocks(layer.weights().block(0), columns, columns),
        layer.bias() == null ? null : layer.bias().block(0),
        null);
  }

  /** Whether an example's outputs depend on the other examples of the batch. */
  boolean mixesInputs() {
    return graph.couplesInputs();
  }

  private static final class Builder {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Integer, Double> factors = new LinkedHashMap<>();

    /** Where what each node of the graph at initialisation gives is found now. */
    private final List<Integer> found = new ArrayList<>();

    private final double sigmaW;

    Builder(double sigmaW) {
      this.sigmaW = sigmaW;
    }

    void add(Node node, Operation operation, Shape shape) {
      nodes.add(new Node(operation, from(node), shape, node.layer(), node.number()));
      found.add(nodes.size() - 1);
    }

    void normalise(Node node, Normalise normalise) {
      nodes.add(
          new Node(new Normalise(normalise.norm(), 1), from(node), node.shape(), node.layer(), 0));
      factor(node, normalise.gamma(), true, 0);
    }

    /** Rows keep the variance of weights before they are divided, whatever their factor is. */
    void weightNorm(Node node, Weighted weighted, LayerGraph initial) {
      Weighted rows =
          new Weighted(
              weighted.channels(),
              weighted.taps(),
              weighted.groups(),
              1,
              false,
              Parameterisation.WEIGHT_NORM);
      nodes.add(new Node(rows, from(node), node.shape(), node.layer(), node.number()));
      Shape below = initial.nodes().get(node.from().get(0)).shape();
      double entries =
          weighted.taps().count(below.grid()) * below.channels() / (double) weighted.groups();
      double length = Math.sqrt(weighted.gain2() * entries / weighted.fanIn(below));
      factor(node, sigmaW * length, weighted.biased(), node.number());
    }

    private void factor(Node node, double start, boolean biased, int number) {
      int channels = node.shape().channels();
      Weighted factor =
          new Weighted(channels, Taps.ONE, channels, 1, biased, Parameterisation.PLAIN);
      factors.put(nodes.size(), start);
      nodes.add(new Node(factor, List.of(nodes.size() - 1), node.shape(), node.layer(), number));
      found.add(nodes.size() - 1);
    }

    private List<Integer> from(Node node) {
      return node.from().stream().map(found::get).toList();
    }

    TrainedGraph graph(LayerGraph initial) {
      List<Integer> layers = initial.layers().stream().map(found::get).toList();
      List<Integer> weighted =
          IntStream.range(0, nodes.size())
              .filter(i -> nodes.get(i).operation() instanceof Weighted)
              .boxed()
              .toList();
      return new TrainedGraph(new LayerGraph(nodes, layers), weighted, Map.copyOf(factors), sigmaW);
    }
  }
}
