package org.phasemap.theory.architecture.skip;

import org.phasemap.theory.OutsideDomainException;

/**
 * A DenseNet block: layer l reads φ of the k₀ input channels and of the k channels of each earlier
 * layer, fan-in k₀ + k(l − 1), φ(x) = max(x, 0) + a min(x, 0).
 *
 * @param inputs k₀, of unit second moment and a symmetric law
 * @param growth k
 */
public record DenseBlock(int inputs, int growth) {
  /**
   * Second moment of layer l's pre-activations without norm: q_l = αS_{l−1}/fan_l, S_l = S_{l−1} +
   * kq_l from S₀ = k₀, α = σ_w²(1 + a²)/2. He (α = 1) is constant; others follow l^{α−1}: polynomial,
   * not exponential (row {@code dense_xavier_l10}).
   *
   * @param slope a
   */
  public double secondMoment(double sigmaW2, double slope, int layer) {
    double alpha = 0.5 * sigmaW2 * (1 + slope * slope);
    double ln = 0;
    for (int l = 1; l < layer; l++) {
      ln += Math.log1p(alpha * growth / fan(l)) - Math.log1p(growth / fan(l));
    }
    // S_{l−1}/fan_l is a product over the layers below.
    return alpha * Math.exp(ln);
  }

  /**
   * E g_i²/E g_j² per unit of layers i ≤ j under a read-out of equal variance on the whole block:
   * ∏_{m=i}^{j−1}(1 + Rk/(k₀ + km)). R = σ_w²(1 + a²)/2 without norm and R_B with batch norm before
   * each φ: (j/i)^R.
   *
   * @param rate R
   */
  public double gradientRatio(double rate, int i, int j) {
    OutsideDomainException.unless(i <= j, "i must not be above j: " + i + ", " + j);
    double ln = 0;
    for (int m = i; m < j; m++) {
      ln += Math.log1p(rate * growth / fan(m + 1));
    }
    return Math.exp(ln);
  }

  private double fan(int layer) {
    return inputs + (double) growth * (layer - 1);
  }
}
