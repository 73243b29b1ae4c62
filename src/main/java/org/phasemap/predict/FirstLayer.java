package org.phasemap.predict;

import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.theory.OutsideDomainException;

/** Units of layer 1, which are Gaussian if they have many weights, or if these are normal. */
final class FirstLayer {
  private FirstLayer() {}

  /**
   * Refuses fully connected networks whose units of layer 1 have one weight that is not normal.
   *
   * @param dimension n₀
   */
  static void check(NetworkConfig network, int dimension) {
    check(network, dimension, Parameterisation.PLAIN);
  }

  /** The same of a graph. */
  static void check(NetworkConfig network, LayerGraph graph) {
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof Weighted first) {
        double weights = first.fanIn(graph.nodes().get(node.from().get(0)).shape());
        check(network, weights, first.parameterisation());
        return;
      }
    }
  }

  private static void check(NetworkConfig network, double weights, Parameterisation of) {
    boolean isNormal =
        network.keepProbability() == 1
            && network.weightLaw().isIsotropic()
            && of != Parameterisation.WEIGHT_NORM;
    OutsideDomainException.unless(
        weights > 1 || isNormal,
        "units of layer 1 have one weight each, and are Gaussian only if it is normal and kept");
  }
}
