package org.phasemap.measure.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;

/**
 * What the weights of queries and keys get of the gradient, beside those of values: tokens that are
 * alike leave them none (Noci et al. 2022, arXiv 2206.03126).
 */
final class AttentionGradients {
  /** Values that are alike to float32's last digits leave a ratio of the square of these. */
  private static final double ROUNDING = 1e-11;

  /** Of queries and keys, [l − 1][input]; empty where a layer has no attention. */
  private final double[][] logits;

  private final double[][] values;

  /** To which of these a node of weights adds. */
  private final Map<Integer, double[]> ofNode = new HashMap<>();

  /** Of a network, nothing added yet. */
  AttentionGradients(LayerGraph graph, int inputs) {
    logits = new double[graph.depth()][0];
    values = new double[graph.depth()][0];
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof Operation.Attend) {
        int layer = node.layer() - 1;
        logits[layer] = new double[inputs];
        values[layer] = new double[inputs];
        List<Integer> from = node.from();
        ofNode.put(from.get(0), logits[layer]);
        ofNode.put(from.get(1), logits[layer]);
        ofNode.put(from.get(2), values[layer]);
      }
    }
  }

  /**
   * Adds the weights of a node, if they are of attention.
   *
   * @param products of the inputs' gradients by them, m × m
   */
  void add(int node, double[] products) {
    double[] sums = ofNode.get(node);
    if (sums != null) {
      for (int a = 0; a < sums.length; a++) {
        sums[a] += products[a * (sums.length + 1)];
      }
    }
  }

  /** ln of the ratio, averaged over inputs; index l − 1; NaN where there is none. */
  double[] lnRatios() {
    double[] ratios = new double[logits.length];
    Arrays.setAll(ratios, l -> lnRatio(logits[l], values[l]));
    return ratios;
  }

  /** NaN of no inputs. */
  private static double lnRatio(double[] logits, double[] values) {
    double sum = 0;
    for (int a = 0; a < logits.length; a++) {
      double ratio = logits[a] / values[a];
      sum += ratio > ROUNDING ? Math.log(ratio) : Double.NaN;
    }
    return sum / logits.length;
  }
}
