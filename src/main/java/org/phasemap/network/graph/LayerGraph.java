package org.phasemap.network.graph;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A network as a list of operations, each after those that it takes from; the last is the read-out.
 * Layers 1 to L are what profiles have an entry for: the pre-activation of a plain network, the sum
 * after a block.
 *
 * @param nodes in order
 * @param layers the node of each layer l = 1 … L
 * @param hasJets whether values stand beside their derivatives: {@link #jets}
 */
public record LayerGraph(List<Node> nodes, List<Integer> layers, boolean hasJets)
    implements Serializable {
  /** Copies the lists. */
  public LayerGraph {
    nodes = List.copyOf(nodes);
    layers = List.copyOf(layers);
  }

  /** Of values alone. */
  public LayerGraph(List<Node> nodes, List<Integer> layers) {
    this(nodes, layers, false);
  }

  /**
   * A step.
   *
   * @param operation what it does
   * @param from numbers of the nodes that it takes from, in the operation's order
   * @param shape what comes out, of one input
   * @param layer that its weights belong to, 1 … L; 0 for the read-out
   * @param number of its weights in that layer, 0, 1, …: with {@code layer} it names their random
   *     numbers, which networks of different depths share
   */
  public record Node(Operation operation, List<Integer> from, Shape shape, int layer, int number)
      implements Serializable {
    /** Copies the list. */
    public Node {
      from = List.copyOf(from);
    }
  }

  /**
   * The same network on inputs that are stored in planes, such as images colour by colour. Without
   * positions their order is that of the numbers, and nothing changes.
   */
  public LayerGraph ofPlanes(int planes) {
    Node first = nodes.get(0);
    if (planes == 1 || first.shape().positions() == 1) {
      return this;
    }
    List<Node> others = new ArrayList<>(nodes);
    Operation given = new Operation.Given(first.shape(), planes);
    others.set(0, new Node(given, first.from(), first.shape(), first.layer(), first.number()));
    return new LayerGraph(others, layers);
  }

  /**
   * The same network u(x) of one number, with each value, its derivative along x and its second
   * derivative at three positions, in this order. Biases belong to the first.
   *
   * @throws IllegalArgumentException if it is more than weights and activations of vectors
   */
  public LayerGraph jets() {
    List<Node> beside = new ArrayList<>();
    for (Node node : nodes) {
      boolean isKnown =
          node.operation() instanceof Operation.Given
              || node.operation() instanceof Operation.Weighted
              || node.operation() instanceof Operation.Activate;
      if (!isKnown || node.shape().positions() > 1) {
        throw new IllegalArgumentException("no jets of " + node);
      }
      Shape shape = new Shape(node.shape().channels(), List.of(3));
      beside.add(new Node(node.operation(), node.from(), shape, node.layer(), node.number()));
    }
    return new LayerGraph(beside, layers, true);
  }

  /** n₀, numbers of an input. */
  public int dimension() {
    Shape given = nodes.get(0).shape();
    return hasJets ? given.channels() : given.size();
  }

  /** L. */
  public int depth() {
    return layers.size();
  }

  /** The node of layer l = 1 … L. */
  public Node layer(int l) {
    return nodes.get(layers.get(l - 1));
  }

  /** The read-out's node number. */
  public int readout() {
    return nodes.size() - 1;
  }

  /**
   * The node of the φ of layer l: the one that reads z_l, if need be behind a norm or beside
   * others; where none does, the last one within the layer.
   */
  public OptionalInt activation(int layer) {
    int z = layers.get(layer - 1);
    OptionalInt within = OptionalInt.empty();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).operation() instanceof Operation.Activate) {
        if (i > z && reads(i, z)) {
          return OptionalInt.of(i);
        }
        within = i < z ? OptionalInt.of(i) : within;
      }
    }
    return within;
  }

  /** Whether an output depends on other inputs of the batch than its own, through batch norm. */
  public boolean couplesInputs() {
    return nodes.stream()
        .anyMatch(
            node -> node.operation() instanceof Operation.Normalise n && n.norm() == Norm.BATCH);
  }

  /** Whether all weights are matrices that act on vectors. */
  public boolean isDense() {
    return nodes.stream().allMatch(node -> node.shape().positions() == 1)
        && weighted().allMatch(w -> w.taps().equals(Taps.ONE) && w.groups() == 1);
  }

  /** Whether all weights are their numbers. */
  public boolean hasPlainWeights() {
    return weighted().allMatch(w -> w.parameterisation() == Parameterisation.PLAIN);
  }

  private Stream<Operation.Weighted> weighted() {
    return nodes.stream()
        .filter(node -> node.operation() instanceof Operation.Weighted)
        .map(node -> (Operation.Weighted) node.operation());
  }

  private boolean reads(int node, int z) {
    for (int from : nodes.get(node).from()) {
      Operation operation = nodes.get(from).operation();
      boolean isThrough =
          operation instanceof Operation.Normalise || operation instanceof Operation.Concatenate;
      if (from == z || (isThrough && from > z && reads(from, z))) {
        return true;
      }
    }
    return false;
  }

  /** Puts a graph together, step by step; steps are named by their numbers. */
  public static final class Builder {
    private final List<Node> nodes = new ArrayList<>();
    private final List<Integer> layers = new ArrayList<>();
    private final Parameterisation weights;
    private int number;

    /** Of plain weights. */
    public Builder() {
      this(Parameterisation.PLAIN);
    }

    /** Of weights that come from their numbers so, but for the read-out's. */
    public Builder(Parameterisation weights) {
      this.weights = weights;
    }

    /** Adds a step of the layer under way. */
    public int add(Operation operation, Integer... from) {
      return add(operation, List.of(from));
    }

    /** Adds a step that takes from a list. */
    public int add(Operation operation, List<Integer> from) {
      Operation added =
          operation instanceof Operation.Weighted weighted ? weighted.with(weights) : operation;
      return add(layers.size() + 1, added, from);
    }

    /** The layer under way ends at this step. */
    public int endLayer(int node) {
      layers.add(node);
      number = 0;
      return node;
    }

    /** The finished graph. */
    public LayerGraph readout(Operation.Weighted operation, int from) {
      number = 0;
      add(0, operation, List.of(from));
      return new LayerGraph(nodes, layers);
    }

    /** The shape at a step. */
    public Shape shape(int node) {
      return nodes.get(node).shape();
    }

    private int add(int layer, Operation operation, List<Integer> from) {
      Shape shape = operation.shape(from.stream().map(i -> nodes.get(i).shape()).toList());
      boolean weighted = operation instanceof Operation.Weighted;
      nodes.add(new Node(operation, from, shape, layer, weighted ? number++ : 0));
      return nodes.size() - 1;
    }
  }
}
