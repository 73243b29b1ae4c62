package org.phasemap.theory.width;

import java.util.List;

/**
 * {@link FiniteGain} over inputs of any variances and correlations, averaged over them.
 *
 * @param mean its law
 * @param share its variance over the mean of the single inputs'
 * @param withLnSignal n Cov with the mean of ln K_L, K_L the weights' share of the kernel at layer
 *     L
 */
record JointGain(FirstOrder mean, double share, double withLnSignal) {
  /**
   * Downwards through layers 1 … L.
   *
   * @param r correlations of the gradients of two inputs, at least at them
   */
  static JointGain ofGradients(List<JointLayer> layers, double[][][] r) {
    return of(layers, r, layers.size());
  }

  /** Upwards to layer L, a tangent for each input, as {@link FiniteGain#ofTangents}. */
  static JointGain ofTangents(List<JointLayer> layers, int width) {
    int m = layers.get(0).chi1.length;
    int depth = layers.size();
    double[][][] cosine = new double[depth][m][m];
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < m; b++) {
        double square = 0;
        for (int l = 0; l < depth - 1; l++) {
          JointLayer layer = layers.get(l);
          double next = layer.square(a, b, square, width);
          // At the last layer no φ′ follows the weights.
          double felt = square + (l == depth - 2 ? layer.squareAbove(a, b, next) : 0);
          cosine[l + 1][a][b] = a == b ? 1 : Math.sqrt(felt);
          square = next;
        }
      }
    }
    return of(layers, cosine, depth - 1);
  }

  /**
   * @param weighing layers whose φ′ weighs what is sent
   */
  private static JointGain of(List<JointLayer> layers, double[][][] r, int weighing) {
    int m = r[0].length;
    double[][] withSignal = new double[m][m];
    double[] aligned = new double[m];
    double limit = 0;
    double shift = 0;
    double single = 0;
    double variance = 0;
    for (int l = 0; l < layers.size() - 1; l++) {
      JointLayer layer = layers.get(l);
      JointLayer above = layers.get(l + 1);
      double[][] next = new double[m][m];
      for (int a = 0; a < m; a++) {
        double d = layer.slopeGrowth(a);
        limit += Math.log(layer.chi1[a]) / m;
        shift +=
            (l + 1 < weighing ? layer.gainShift(a, above, aligned[a]) : layer.freshGainShift(a))
                / m;
        aligned[a] = layer.aligned(a, aligned[a]);
        for (int b = 0; b < m; b++) {
          double e = layer.slopeGrowth(b);
          double kernel = layer.kernel[a][b];
          double own = layer.gainNoise(a, b, r[l + 1][a][b]) + d * e * kernel;
          double grown = e * withSignal[a][b] + d * withSignal[b][a] + own;
          variance += grown / (m * m);
          if (a == b) {
            shift -= 0.5 * own / m;
            single += grown / m;
          }
          next[a][b] = layer.chiQ(b) * (withSignal[a][b] + d * kernel) + layer.gainWithSignal(a, b);
        }
      }
      withSignal = next;
    }
    JointLayer top = layers.get(layers.size() - 1);
    double withLnSignal = 0;
    for (int i = 0; i < m * m; i++) {
      withLnSignal += withSignal[i / m][i % m] / top.ofWeights(i % m) / (m * m);
    }
    return new JointGain(
        new FirstOrder(limit, shift, variance), single > 0 ? variance / single : 1, withLnSignal);
  }
}
