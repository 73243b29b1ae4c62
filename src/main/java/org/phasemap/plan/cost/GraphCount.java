package org.phasemap.plan.cost;

import java.util.HashSet;
import java.util.Set;
import org.phasemap.kernel.graph.weighing.Geometry;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;

/**
 * What a batch of inputs costs on its way through a graph of layers, and its weights.
 *
 * @param nodes steps
 * @param entries numbers of all nodes
 * @param normalised those of them that a normalisation makes
 * @param activated those of them that an activation makes
 * @param copied rows of a batch's numbers that concatenations copy
 * @param logits pairs of tokens that attention compares, by heads
 * @param products multiplications by weights, and those of attention
 * @param patches numbers that reach the outputs of convolutions, each as often as it does
 * @param tiles those of them that are held at once
 * @param transforms numbers that transforms of convolutions keep, for signals or for gradients
 * @param weights numbers that are drawn
 * @param spectral weights of matrices whose largest singular value is looked for
 * @param ruled weights that are functions of others, a norm's or a singular value's
 * @param largest numbers of the node that has the most
 * @param heaviest weights of the node that has the most
 */
record GraphCount(
    double nodes,
    double entries,
    double normalised,
    double activated,
    double copied,
    double logits,
    double products,
    double patches,
    double tiles,
    double transforms,
    double weights,
    double spectral,
    double ruled,
    double largest,
    double heaviest) {
  /** Columns that a tile of patches has at least, if there are so many. */
  private static final double TILE = 256;

  private static final GraphCount NONE =
      new GraphCount(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Of a graph, node by node. */
  static GraphCount of(LayerGraph graph, int inputs) {
    GraphCount count = NONE;
    Set<Geometry> geometries = new HashSet<>();
    for (Node node : graph.nodes()) {
      double entries = (double) node.shape().size() * inputs;
      double normalised = node.operation() instanceof Operation.Normalise ? entries : 0;
      double activated = node.operation() instanceof Operation.Activate ? entries : 0;
      double copied = node.operation() instanceof Operation.Concatenate ? node.shape().size() : 0;
      count =
          count.and(
              new GraphCount(
                  1, entries, normalised, activated, copied, 0, 0, 0, 0, 0, 0, 0, 0, entries, 0));
      if (node.operation() instanceof Operation.Weighted weighted) {
        Shape from = graph.nodes().get(node.from().get(0)).shape();
        // Layers that are alike share theirs.
        Geometry geometry = Geometry.of(weighted, from);
        double transforms = geometries.add(geometry) ? geometry.transforms(inputs) : 0;
        count = count.and(weighted(weighted, from, node.shape().positions(), inputs, transforms));
      } else if (node.operation() instanceof Operation.Attend attend) {
        count = count.and(attention(attend, node.shape(), inputs));
      }
    }
    return count;
  }

  private static GraphCount weighted(
      Operation.Weighted weighted, Shape from, double positions, double inputs, double transforms) {
    double perOutput =
        (double) weighted.taps().count(from.grid()) * from.channels() / weighted.groups();
    double weights = weighted.weights(from);
    boolean isDense = weighted.taps().equals(Taps.ONE) && weighted.groups() == 1;
    double columns = positions * inputs;
    double tile = Math.min(columns, Math.max(TILE, positions));
    Parameterisation parameterisation = weighted.parameterisation();
    return new GraphCount(
        0,
        0,
        0,
        0,
        0,
        0,
        weights * columns,
        isDense ? 0 : perOutput * weighted.groups() * columns,
        isDense ? 0 : (perOutput + (double) weighted.channels() / weighted.groups()) * tile,
        transforms,
        weights,
        parameterisation == Parameterisation.SPECTRAL_NORM ? weights : 0,
        parameterisation == Parameterisation.PLAIN ? 0 : weights,
        0,
        weights);
  }

  /** Weights of every pair of tokens, twice; queries, keys and values, by heads. */
  private static GraphCount attention(Operation.Attend attend, Shape shape, double inputs) {
    double tokens = shape.positions();
    double logits = attend.heads() * tokens * tokens * inputs;
    double entries = 2 * logits + 3 * shape.size() * inputs;
    double products = 2 * shape.size() * tokens * inputs;
    return new GraphCount(0, entries, 0, 0, 0, logits, products, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private GraphCount and(GraphCount other) {
    return new GraphCount(
        nodes + other.nodes,
        entries + other.entries,
        normalised + other.normalised,
        activated + other.activated,
        copied + other.copied,
        logits + other.logits,
        products + other.products,
        patches + other.patches,
        tiles + other.tiles,
        transforms + other.transforms,
        weights + other.weights,
        spectral + other.spectral,
        ruled + other.ruled,
        Math.max(largest, other.largest),
        Math.max(heaviest, other.heaviest));
  }
}
