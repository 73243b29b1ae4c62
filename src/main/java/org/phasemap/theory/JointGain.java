package org.phasemap.theory;

import java.util.List;

/**
 * First-order fluctuation of ln ‖∂f/∂z_1‖²/‖∂f/∂z_L‖², averaged over inputs of any variances and
 * correlations.
 *
 * @param mean its law
 * @param share its variance over the mean of the single inputs'
 */
record JointGain(FirstOrder mean, double share) {
  /**
   * Of layers 1 … L.
   *
   * @param r correlations of the gradients of two inputs at them
   */
  static JointGain of(List<JointLayer> layers, double[][][] r) {
    int m = r[0].length;
    double[][] withSignal = new double[m][m];
    double limit = 0;
    double shift = 0;
    double single = 0;
    double variance = 0;
    for (int l = 0; l < layers.size() - 1; l++) {
      JointLayer layer = layers.get(l);
      double[][] next = new double[m][m];
      for (int a = 0; a < m; a++) {
        double d = layer.slopeGrowth(a);
        limit += Math.log(layer.chi1[a]) / m;
        shift += layer.gainShift(a, layers.get(l + 1)) / m;
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
    return new JointGain(
        new FirstOrder(limit, shift, variance), single > 0 ? variance / single : 1);
  }
}
