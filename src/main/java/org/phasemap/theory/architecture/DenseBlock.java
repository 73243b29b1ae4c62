package org.phasemap.theory.architecture;

import org.phasemap.theory.gauss.Polygamma;

/** A DenseNet block without normalisation: layer l reads φ of all earlier layers' outputs. */
public final class DenseBlock {
  private DenseBlock() {}

  /**
   * Second moment of layer l's pre-activations for unit input and k₀ = k channels: q_l =
   * αS_{l−1}/l, S_l = S_{l−1} + q_l, so αΓ(l + α)/(Γ(1 + α)Γ(l) l) with α = σ_w²(1 + a²)/2. He (α =
   * 1) is constant, Xavier falls as l^{−1/2}: polynomial, not exponential (row {@code
   * dense_xavier_l10}).
   *
   * @param slope a, slope of φ on the negative side
   */
  public static double secondMoment(double sigmaW2, double slope, int layer) {
    double alpha = 0.5 * sigmaW2 * (1 + slope * slope);
    double ln =
        Polygamma.lnGamma(layer + alpha)
            - Polygamma.lnGamma(1 + alpha)
            - Polygamma.lnGamma(layer)
            - Math.log(layer);
    return alpha * Math.exp(ln);
  }
}
