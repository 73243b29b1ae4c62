package org.phasemap.theory.width;

import java.util.Arrays;
import java.util.List;

/**
 * First-order fluctuation of the tangent kernel's diagonal over inputs of any variances and
 * correlations: {@link FiniteNtk} without its symmetries.
 */
final class JointNtk {
  private final int m;
  private final double[] theta;
  private final double[] shift;

  /** {@link FiniteLayer#aligned}, averaged over what the layers have added. */
  private final double[] aligned;

  /** n Cov(Θ_aa, Θ_bb). */
  private final double[][] cov;

  /** n Cov(Θ_aa, K_bb). */
  private final double[][] withKernel;

  private JointNtk(int m) {
    this.m = m;
    theta = new double[m];
    shift = new double[m];
    aligned = new double[m];
    cov = new double[m][m];
    withKernel = new double[m][m];
  }

  /**
   * Of a network with L hidden layers and a read-out drawn afresh.
   *
   * @param layers L + 1 of them, the read-out's kernel last
   * @param own what layers 1 … L + 1 add, by layer and input
   * @param ownSlope d own/dK
   * @param r correlations of the gradients of two inputs, layers 1 … L + 1; all 0 for two outputs
   */
  static JointNtk of(List<JointLayer> layers, double[][] own, double ownSlope, double[][][] r) {
    int depth = layers.size() - 1;
    JointNtk state = new JointNtk(own[0].length);
    state.add(own[0], 0, layers.get(0));
    for (int l = 0; l < depth; l++) {
      JointLayer layer = layers.get(l);
      JointLayer above = layers.get(l + 1);
      double[][] noise = new double[state.m][state.m];
      double[] gainShift = new double[state.m];
      for (int a = 0; a < state.m; a++) {
        boolean last = l == depth - 1;
        gainShift[a] = last ? layer.freshGainShift(a) : layer.gainShift(a, above, state.aligned[a]);
        for (int b = 0; b < state.m; b++) {
          noise[a][b] =
              last
                  ? layer.readoutNoise(a, b, r[depth][a][b])
                  : layer.gainNoise(a, b, r[l + 1][a][b]);
        }
      }
      state.pass(layer, noise, gainShift);
      state.add(own[l + 1], ownSlope, above);
    }
    return state;
  }

  /** Θ ← χ₁(1 + ν)Θ. */
  private void pass(JointLayer layer, double[][] noise, double[] gainShift) {
    double[][] before = new double[m][];
    for (int a = 0; a < m; a++) {
      before[a] = withKernel[a].clone();
    }
    for (int a = 0; a < m; a++) {
      double chi = layer.chi1[a];
      double d = theta[a] * layer.slopeGrowth(a);
      shift[a] = chi * (shift[a] + theta[a] * gainShift[a] + layer.slopeGrowth(a) * before[a][a]);
      for (int b = 0; b < m; b++) {
        double e = theta[b] * layer.slopeGrowth(b);
        double kernel = layer.kernel[a][b];
        double gained = d * e * kernel + theta[a] * theta[b] * noise[a][b];
        cov[a][b] =
            chi * layer.chi1[b] * (cov[a][b] + e * before[a][b] + d * before[b][a] + gained);
        withKernel[a][b] =
            chi
                * (layer.chiQ(b) * (before[a][b] + d * kernel)
                    + theta[a] * layer.gainWithSignal(a, b));
      }
    }
    for (int a = 0; a < m; a++) {
      theta[a] *= layer.chi1[a];
      aligned[a] = layer.aligned(a, aligned[a]);
    }
  }

  /** Θ ← Θ + own. */
  private void add(double[] own, double slope, JointLayer layer) {
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < m; b++) {
        double kernel = layer.kernel[a][b];
        cov[a][b] += slope * (withKernel[a][b] + withKernel[b][a] + slope * kernel);
      }
    }
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < m; b++) {
        withKernel[a][b] += slope * layer.kernel[a][b];
      }
      shift[a] += slope * layer.shift[a];
      aligned[a] *= theta[a] / (theta[a] + own[a]);
      theta[a] += own[a];
    }
  }

  /** n Var of the mean of the diagonal entries; of two outputs, the covariance of their means. */
  double varianceOfMean() {
    double variance = 0;
    for (double[] row : cov) {
      for (double entry : row) {
        variance += entry / (m * m);
      }
    }
    return variance;
  }

  /**
   * Of ln of the mean of some diagonal entries.
   *
   * @param variance of their mean
   */
  FirstOrder lnMean(double variance) {
    double mean = Arrays.stream(theta).average().orElseThrow();
    double shifts = Arrays.stream(shift).average().orElseThrow();
    double relative = variance / (mean * mean);
    return new FirstOrder(Math.log(mean), shifts / mean - 0.5 * relative, relative);
  }
}
