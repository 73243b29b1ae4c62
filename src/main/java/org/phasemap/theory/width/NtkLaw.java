package org.phasemap.theory.width;

import java.util.List;

/**
 * First-order fluctuation of the tangent kernel's diagonal: Θ_{l+1} = own_{l+1} + χ₁(K_l)(1 +
 * ν_l)Θ_l, with own linear in the layer's kernel K and ν the gain's noise.
 */
final class NtkLaw {
  private final InputMean inputs;
  private final int size;
  private final double ownSlope;
  private final double[] theta;
  private final double[] below;
  private final double[] shift;

  /** {@link WideLayer#aligned}, averaged over what the layers have added. */
  private final double[] aligned;

  /** n Cov(Θ_aa, Θ_bb). */
  private final double[][] cov;

  /** n Cov(Θ_aa, K_bb). */
  private final double[][] withKernel;

  private NtkLaw(InputMean inputs, double ownSlope) {
    this.inputs = inputs;
    this.ownSlope = ownSlope;
    size = inputs.size();
    theta = new double[size];
    below = new double[size];
    shift = new double[size];
    aligned = new double[size];
    cov = new double[size][size];
    withKernel = new double[size][size];
  }

  /**
   * Of a network with L hidden layers and a read-out drawn afresh.
   *
   * @param layers L + 1 of them, the read-out's kernel last
   * @param own what layers 1 … L + 1 add, by layer and input
   * @param ownSlope d own/dK
   * @param gradients of one output, or of two
   * @param mask of the weights
   */
  static NtkLaw of(
      List<? extends WideLayer> layers,
      InputMean inputs,
      double[][] own,
      double ownSlope,
      Backward gradients,
      NtkMask mask) {
    NtkLaw law = new NtkLaw(inputs, ownSlope);
    System.arraycopy(own[0], 0, law.theta, 0, law.size);
    int depth = layers.size() - 1;
    for (int l = 0; l < depth; l++) {
      WideLayer layer = layers.get(l);
      WideLayer above = layers.get(l + 1);
      boolean last = l == depth - 1;
      double[][] noise = new double[law.size][law.size];
      double[] gainShift = new double[law.size];
      for (int a = 0; a < law.size; a++) {
        law.below[a] = law.theta[a];
        law.shift[a] += ownSlope * mask.uneven(l, a) * layer.slopeGrowth(a);
        gainShift[a] = last ? layer.freshGainShift(a) : layer.gainShift(a, above, law.aligned[a]);
        for (int b = 0; b < law.size; b++) {
          double r = gradients.cosine()[last ? depth : l + 1][a][b];
          noise[a][b] =
              last
                  ? layer.readoutNoise(a, b, r)
                  : layer.gainNoise(a, b, r, gradients.peak()[l + 1][a][b]);
        }
      }
      law.pass(layer, noise, gainShift);
      law.add(own[l + 1], above);
    }
    for (int a = 0; a < law.size; a++) {
      for (int b = 0; b < law.size; b++) {
        double r = gradients.cosine()[depth][a][b];
        law.cov[a][b] += mask.ofReadout(a, b, r, law.below[a], ownSlope);
      }
    }
    return law;
  }

  /** Θ ← χ₁(1 + ν)Θ. */
  private void pass(WideLayer layer, double[][] noise, double[] gainShift) {
    double[][] before = new double[size][];
    for (int a = 0; a < size; a++) {
      before[a] = withKernel[a].clone();
    }
    double w = layer.sigmaW2();
    for (int a = 0; a < size; a++) {
      double chi = layer.chi1(a);
      double d = layer.slopeGrowth(a);
      shift[a] = chi * (shift[a] + theta[a] * gainShift[a] + d * before[a][a]);
      for (int b = 0; b < size; b++) {
        double e = layer.slopeGrowth(b);
        double kernel = layer.kernel(a, b);
        cov[a][b] +=
            theta[b] * e * before[a][b]
                + theta[a] * d * before[b][a]
                + theta[a] * theta[b] * (d * e * kernel + noise[a][b]);
        cov[a][b] *= chi * layer.chi1(b);
        withKernel[a][b] =
            chi
                * (w * layer.growth(b) * (before[a][b] + theta[a] * d * kernel)
                    + theta[a] * w * layer.gainWithSignal(a, b));
      }
    }
    for (int a = 0; a < size; a++) {
      theta[a] *= layer.chi1(a);
      aligned[a] = layer.aligned(a, aligned[a]);
    }
  }

  /** Θ ← Θ + own. */
  private void add(double[] own, WideLayer layer) {
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        double kernel = layer.kernel(a, b);
        cov[a][b] +=
            ownSlope * withKernel[a][b]
                + ownSlope * withKernel[b][a]
                + ownSlope * ownSlope * kernel;
      }
    }
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        withKernel[a][b] += ownSlope * layer.kernel(a, b);
      }
      shift[a] += ownSlope * layer.shift(a);
      aligned[a] *= theta[a] / (theta[a] + own[a]);
      theta[a] += own[a];
    }
  }

  /** n Var of the mean of the diagonal entries; of two outputs, the covariance of their means. */
  double varianceOfMean() {
    return inputs.of(cov);
  }

  /**
   * Of ln of the mean of some diagonal entries.
   *
   * @param variance of their mean
   */
  FirstOrder lnMean(double variance) {
    double mean = inputs.of(theta);
    double relative = variance / (mean * mean);
    return new FirstOrder(Math.log(mean), inputs.of(shift) / mean - 0.5 * relative, relative);
  }
}
