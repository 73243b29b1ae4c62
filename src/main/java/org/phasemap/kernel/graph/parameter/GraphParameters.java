package org.phasemap.kernel.graph.parameter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;

/** Explicit weights. */
public final class GraphParameters implements NetworkParameters {
  private final List<@Nullable NodeWeights> nodes;

  /**
   * Owns what it is given.
   *
   * @param nodes of the graph, in order; null where a node has no weights
   */
  public GraphParameters(List<@Nullable NodeWeights> nodes) {
    this.nodes = Collections.unmodifiableList(new ArrayList<>(nodes));
  }

  /** Draws a network. Networks of one {@code draws} share numbers where their shapes agree. */
  public static GraphParameters draw(WeightDraws draws, LayerGraph graph, NetworkConfig network) {
    List<@Nullable NodeWeights> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(
          node.operation() instanceof Operation.Weighted
              ? draws.draw(network, node, graph.nodes().get(node.from().get(0)).shape())
              : null);
    }
    return new GraphParameters(nodes);
  }

  @Override
  public NodeWeights of(int node) {
    return Objects.requireNonNull(nodes.get(node));
  }

  @Override
  public void close() {
    for (NodeWeights node : nodes) {
      if (node != null) {
        node.close();
      }
    }
  }
}
