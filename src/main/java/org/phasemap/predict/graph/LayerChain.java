package org.phasemap.predict.graph;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Taps;
import org.phasemap.theory.limit.LayerLaw;

/**
 * Networks whose every layer is z′ = Wφ(z) + b of one law at every position: they have the MLP's
 * maps, and so its phases.
 */
public final class LayerChain {
  private LayerChain() {}

  /** The law of such a network; empty of any other. */
  public static Optional<LayerLaw> law(NetworkConfig network, LayerGraph graph) {
    int first = graph.layers().get(0);
    int last = graph.layers().get(graph.depth() - 1);
    Setting setting = new Setting(network, InputPairs.exchangeable(1, 1, 0), graph);
    if (first != 1 || last != 2 * graph.depth() - 1) {
      return Optional.empty();
    }
    double gain = Double.NaN;
    for (int at = first + 1; at <= last; at++) {
      Node node = graph.nodes().get(at);
      boolean isChain = node.from().equals(List.of(at - 1));
      if (at % 2 == 0) {
        isChain &= node.operation() instanceof Operation.Activate;
      } else if (node.operation() instanceof Weighted weighted) {
        double own = setting.gain(weighted, weighted.fanIn(graph.nodes().get(at - 1).shape()));
        isChain &= isUniform(weighted, graph.nodes().get(at - 1)) && (at == 3 || own == gain);
        gain = own;
      } else {
        isChain = false;
      }
      if (!isChain) {
        return Optional.empty();
      }
    }
    double own = graph.depth() == 1 ? network.effectiveSigmaW2() : gain;
    return Optional.of(new LayerLaw(network.activation(), own, network.sigmaB2()));
  }

  /** Whether all positions are alike and channels mix. */
  private static boolean isUniform(Weighted weighted, Node from) {
    Taps taps = weighted.taps();
    boolean keeps = taps.kernel() == 1 || taps.padding() != Padding.ZERO;
    boolean mixes = weighted.groups() < from.shape().channels() || from.shape().channels() == 1;
    return weighted.biased() && keeps && mixes && !taps.transposed();
  }
}
