package org.phasemap.predict.graph;

import java.util.Arrays;
import java.util.List;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Taps;
import org.phasemap.theory.gauss.GaussianSample;

/**
 * What chance the weights of a depthwise convolution of relu(z) leave, z Gaussian on a ring: given
 * z, the channel's numbers are Gaussian of covariance k_ab = (gain/k^d) Σ_β relu(z_{a+β})
 * relu(z_{b+β}) + σ_b², and their squares have the covariance 2k_ab². Its mean over z has products
 * of four relu in it, which are averaged over points (ARCHITECTURES 1.10).
 */
final class SeparateChannels {
  private final InputPairs inputs;
  private final PositionPairs pairs;
  private final int[][] sources;
  private final double factor;
  private final double bias;

  /** relu of one input, and of another where there are more: [input · positions + position][i]. */
  private final double[][] points;

  /**
   * Of a node.
   *
   * @param depthwise weights whose channels come from an activation of a Gaussian stream
   * @param bias σ_b²
   */
  SeparateChannels(
      InputPairs inputs, LayerGraph graph, List<Signal> signals, int depthwise, double bias) {
    this.inputs = inputs;
    this.bias = bias;
    Node node = graph.nodes().get(depthwise);
    Node active = graph.nodes().get(node.from().get(0));
    Weighted weighted = (Weighted) node.operation();
    Taps taps = weighted.taps();
    Covariance z = signals.get(active.from().get(0)).covariance();
    pairs = z.pairs();
    sources = taps.sources(active.shape().grid());
    factor = signals.get(depthwise).weights().gain() / taps.fan(active.shape().grid());
    points = GaussianSample.of(matrix(z));
    for (double[] row : points) {
      for (int i = 0; i < row.length; i++) {
        row[i] = Math.max(0, row[i]);
      }
    }
  }

  private double[][] matrix(Covariance z) {
    int shown = Math.min(2, inputs.count());
    int positions = pairs.positions();
    double[][] k = new double[shown * positions][shown * positions];
    for (int i = 0; i < k.length; i++) {
      for (int j = 0; j < k.length; j++) {
        int block = i / positions == j / positions ? 0 : 1;
        k[i][j] = z.of(block, pairs.of(i % positions, j % positions));
      }
    }
    return k;
  }

  /**
   * Covariance of the squares of a channel's numbers, of a block of inputs and a class of pairs.
   */
  double covariance(int block, int pair) {
    int other = inputs.isOwn(block) ? 0 : pairs.positions();
    int size = GaussianSample.SIZE;
    double[] k = new double[size];
    Arrays.fill(k, bias);
    for (int[] source : sources) {
      double[] a = points[source[pairs.first(pair)]];
      double[] b = points[other + source[pairs.second(pair)]];
      for (int i = 0; i < size; i++) {
        k[i] += factor * a[i] * b[i];
      }
    }
    return 2 * GaussianSample.mean(k, k);
  }
}
