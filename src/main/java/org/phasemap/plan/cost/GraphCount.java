package org.phasemap.plan.cost;

import java.util.List;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Shape;

/**
 * What one input costs on its way through a graph of layers, and the weights that are drawn.
 *
 * @param products multiplications of weights, and of attention, for one input
 * @param entries numbers of all nodes, of one input
 * @param weights numbers that are drawn
 * @param largestWeights those of the layer that has the most
 * @param largestPatch numbers that reach the outputs of a layer, each as often as it does
 */
record GraphCount(
    double products, double entries, double weights, double largestWeights, double largestPatch) {
  private static final GraphCount NONE = new GraphCount(0, 0, 0, 0, 0);

  /** Of a graph, node by node. */
  static GraphCount of(LayerGraph graph) {
    GraphCount count = NONE;
    for (Node node : graph.nodes()) {
      List<Shape> from = node.from().stream().map(i -> graph.nodes().get(i).shape()).toList();
      count = count.and(of(node, from));
    }
    return count;
  }

  private static GraphCount of(Node node, List<Shape> from) {
    double entries = node.shape().size();
    if (node.operation() instanceof Operation.Weighted weighted) {
      Shape in = from.get(0);
      double perOutput =
          (double) weighted.taps().count(in.grid()) * in.channels() / weighted.groups();
      double weights = perOutput * weighted.channels();
      double patch = perOutput * weighted.groups() * node.shape().positions();
      return new GraphCount(weights * node.shape().positions(), entries, weights, weights, patch);
    }
    if (node.operation() instanceof Operation.Attend attend) {
      // Logits of every pair of tokens, and the values that their weights bring.
      double tokens = node.shape().positions();
      double logits = attend.heads() * tokens * tokens;
      return new GraphCount(2 * entries * tokens, entries + 2 * logits, 0, 0, 0);
    }
    return new GraphCount(0, entries, 0, 0, 0);
  }

  private GraphCount and(GraphCount other) {
    return new GraphCount(
        products + other.products,
        entries + other.entries,
        weights + other.weights,
        Math.max(largestWeights, other.largestWeights),
        Math.max(largestPatch, other.largestPatch));
  }
}
