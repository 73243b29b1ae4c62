package org.phasemap.measure.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.graph.parameter.NetworkParameters;
import org.phasemap.kernel.graph.parameter.NodeParameters;
import org.phasemap.kernel.graph.parameter.WeightDraws;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Shape;

/** A network without weights, but for those of the read-out, which are few. */
final class DrawnParameters implements NetworkParameters {
  private final List<@Nullable NodeParameters> nodes;

  /**
   * Draws nothing yet but biases and the read-out.
   *
   * @throws IllegalArgumentException if weights have no law without them
   */
  DrawnParameters(Kernel kernel, WeightDraws draws, LayerGraph graph, NetworkConfig network) {
    if (!graph.isDense() || !graph.hasPlainWeights() || network.keepProbability() < 1) {
      throw new IllegalArgumentException("no network without its weights: " + network);
    }
    List<@Nullable NodeParameters> all = new ArrayList<>();
    for (Node node : graph.nodes()) {
      all.add(
          node.operation() instanceof Operation.Weighted
              ? drawn(kernel, draws, graph, network, node)
              : null);
    }
    nodes = Collections.unmodifiableList(all);
  }

  private static NodeParameters drawn(
      Kernel kernel, WeightDraws draws, LayerGraph graph, NetworkConfig network, Node node) {
    Shape from = graph.nodes().get(node.from().get(0)).shape();
    return node.layer() == 0
        ? draws.draw(network, node, from)
        : new DrawnWeights(kernel, draws, network, node, from);
  }

  @Override
  public NodeParameters of(int node) {
    return Objects.requireNonNull(nodes.get(node));
  }

  @Override
  public void close() {
    nodes.stream().filter(Objects::nonNull).forEach(NodeParameters::close);
  }
}
