package org.phasemap.predict.graph;

import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.theory.dual.ArcCosine;
import org.phasemap.theory.width.KernelFluctuation;

/**
 * How far E z_a² z_b² of two inputs or positions is from that of normal weights, which are all
 * kept. Of k weights of excess kurtosis κ, a mask's zeros among them, it is larger by κ Σh_a²h_b²
 * over k² (REFERENCE A7). Rows over their norm have k/(k + 2) of it. Either is common to all
 * inputs, since they see the same weights: what normal weights leave to chance falls with the
 * number of inputs, and this does not. Example: half of 72 weights kept, κ = 3; the mean square of
 * one independent input varies by 2 + 3·3/72 over n, of 64 by 2/64 + 3/72.
 */
final class LawExcess {
  private final LayerGraph graph;
  private final double kurtosis;
  private final boolean isNone;

  LawExcess(LayerGraph graph, NetworkConfig network) {
    this.graph = graph;
    kurtosis =
        Math.abs(
            KernelFluctuation.maskedKurtosis(
                network.weightLaw().excessKurtosis(), network.keepProbability()));
    isNone = isNormal() && graph.nodes().stream().noneMatch(LawExcess::hasNormedRows);
  }

  /** Whether weights are normal, all of them kept. */
  boolean isNormal() {
    return kurtosis == 0;
  }

  /** Whether nothing is in excess. */
  boolean isNone() {
    return isNone;
  }

  private static boolean hasNormedRows(Node node) {
    return node.operation() instanceof Weighted weighted && hasNormedRows(weighted);
  }

  private static boolean hasNormedRows(Weighted weighted) {
    return weighted.parameterisation() == Parameterisation.WEIGHT_NORM;
  }

  /**
   * Size of what one of a stream's channels has too much, over E z_a² E z_b²; of a sum no less than
   * that. Weights see h behind ReLU, or a Gaussian input, whose cosine is at most z's.
   *
   * @param c cosine of z at a and b
   */
  double of(int stream, double c) {
    Node node = graph.nodes().get(stream);
    if (node.operation() instanceof Weighted weighted) {
      return of(weighted, graph.nodes().get(node.from().get(0)), c);
    }
    return node.from().stream().mapToDouble(term -> of(term, c)).max().orElse(0);
  }

  private double of(Weighted weighted, Node from, double c) {
    double ofGaussian = 1 + 2 * c * c;
    boolean isInput = from.operation() instanceof Operation.Given;
    double ofLaw = kurtosis * (isInput ? ofGaussian : 4 * ArcCosine.squares(c));
    return (ofLaw + (hasNormedRows(weighted) ? 2 * ofGaussian : 0)) / weighted.fanIn(from.shape());
  }

  /** The same of (Wᵀg)² of the weights at a node, g behind the mask of ReLU. */
  double ofGradient(int node) {
    Weighted weighted = (Weighted) graph.nodes().get(node).operation();
    Node from = graph.nodes().get(graph.nodes().get(node).from().get(0));
    double fanOut = weighted.taps().fan(from.shape().grid()) * weighted.channels();
    return 6 * (kurtosis + (hasNormedRows(weighted) ? 1 : 0)) / fanOut;
  }
}
