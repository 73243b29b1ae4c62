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

  /** By node, those of queries and keys. */
  private final Map<Integer, double[]> ofLogits = new HashMap<>();

  private final Map<Integer, double[]> ofValues = new HashMap<>();

  /** Of each layer and input; null where a layer has no attention. */
  private final double[][] logits;

  private final double[][] values;

  /** Of a network, nothing added yet. */
  AttentionGradients(LayerGraph graph, int inputs) {
    logits = new double[graph.depth()][];
    values = new double[graph.depth()][];
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof Operation.Attend) {
        int layer = node.layer() - 1;
        logits[layer] = new double[inputs];
        values[layer] = new double[inputs];
        List<Integer> from = node.from();
        ofLogits.put(from.get(0), logits[layer]);
        ofLogits.put(from.get(1), logits[layer]);
        ofValues.put(from.get(2), values[layer]);
      }
    }
  }

  /**
   * Adds the weights of a node, if they are of attention.
   *
   * @param products of the inputs' gradients by them, m × m
   */
  void add(int node, double[] products) {
    for (double[] sums : new double[][] {ofLogits.get(node), ofValues.get(node)}) {
      for (int a = 0; sums != null && a < sums.length; a++) {
        sums[a] += products[a * (sums.length + 1)];
      }
    }
  }

  /** ln of the ratio, averaged over inputs; index l − 1; NaN where there is none. */
  double[] lnRatios() {
    double[] ratios = new double[logits.length];
    Arrays.setAll(ratios, l -> logits[l] == null ? Double.NaN : lnRatio(logits[l], values[l]));
    return ratios;
  }

  private static double lnRatio(double[] logits, double[] values) {
    double sum = 0;
    for (int a = 0; a < logits.length; a++) {
      double ratio = logits[a] / values[a];
      sum += ratio > ROUNDING ? Math.log(ratio) : Double.NaN;
    }
    return sum / logits.length;
  }
}
