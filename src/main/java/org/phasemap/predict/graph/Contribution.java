package org.phasemap.predict.graph;

import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation.Weighted;

/**
 * What a layer of weights adds to products of the inputs' gradients by parameters, in units of exp
 * lnUnit:
 *
 * <pre>
 * Σ_w ∂f_i/∂w ∂f_j/∂w = C_out Σ_ab G_ij[a, b] S_ij[a, b]
 * </pre>
 *
 * in NTK parameterisation, G the gradients' second moments and S the covariance that the weights
 * make (Jacot, Gabriel and Hongler 2018; Arora et al. 2019).
 *
 * @param node of the weights
 * @param layer 0 is the read-out
 * @param lnUnit of the numbers
 * @param ntk by block, NTK parameterisation
 * @param weights the same of the weights themselves, in standard parameterisation
 * @param biases of biases, in standard parameterisation; 0 without
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record Contribution(
    int node, int layer, double lnUnit, double[] ntk, double[] weights, double[] biases) {
  /**
   * Of a node.
   *
   * @param at its number
   * @param below what goes in
   * @param above what comes out
   * @param gradient by what comes out, [block][class]
   */
  static Contribution of(
      Setting setting,
      int at,
      Node node,
      Signal below,
      Signal above,
      double lnUnit,
      double[][] gradient) {
    Weighted weighted = (Weighted) node.operation();
    Covariance base = above.weights().base();
    double sigmaB2 = weighted.biased() ? setting.network().sigmaB2() : 0;
    double kept = setting.network().keepProbability() * weighted.fanIn(below.shape());
    double channels = weighted.channels();
    int blocks = gradient.length;
    double[] ntk = new double[blocks];
    double[] weights = new double[blocks];
    double[] biases = new double[blocks];
    for (int block = 0; block < blocks; block++) {
      double products = 0;
      double sum = 0;
      for (int c = 0; c < above.pairs().classes(); c++) {
        double g = above.pairs().multiplicity(c) * gradient[block][c];
        sum += g;
        // Of channels that do not mix, products of different positions are not known, nor needed.
        products += g == 0 ? 0 : g * base.of(block, c);
      }
      ntk[block] = channels * (setting.tangentGain(weighted) * products + sigmaB2 * sum);
      weights[block] = channels * kept * products;
      biases[block] = sigmaB2 > 0 ? channels * sum : 0;
    }
    return new Contribution(at, node.layer(), lnUnit, ntk, weights, biases);
  }
}
