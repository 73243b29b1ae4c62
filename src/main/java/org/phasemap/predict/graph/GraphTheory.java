package org.phasemap.predict.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;

/**
 * The theory of networks that share a law and inputs. What a graph has in common with the one
 * before it, from the input up, is computed once: ask for depths one after the other.
 */
public final class GraphTheory {
  private final NetworkConfig network;
  private final InputPairs inputs;
  private List<LayerGraph.Node> below = List.of();
  private List<Signal> known = List.of();
  private @Nullable Setting setting;

  /**
   * Of networks.
   *
   * @param network of any depth
   */
  public GraphTheory(NetworkConfig network, InputPairs inputs) {
    this.network = network;
    this.inputs = inputs;
  }

  /**
   * Of one network.
   *
   * @throws org.phasemap.theory.OutsideDomainException where there is no theory, with the reason
   */
  public NetworkTheory of(LayerGraph graph) {
    if (setting == null || !setting.fits(graph)) {
      setting = new Setting(network, inputs, graph);
      below = List.of();
      known = List.of();
    }
    List<Signal> signals = Ascent.of(setting, graph, below, known);
    below = graph.nodes();
    known = signals;
    return NetworkTheory.of(setting, graph, signals);
  }
}
