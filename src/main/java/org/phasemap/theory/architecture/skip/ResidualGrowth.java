package org.phasemap.theory.architecture.skip;

import java.util.function.IntToDoubleFunction;
import org.phasemap.theory.OutsideDomainException;

/**
 * E‖x_L‖²/‖x_0‖² of L residual blocks x + αW₂φ(W₁x) whose branch has the second moment b of its
 * input: b = 1 for W₁ He and W₂ of variance 1/n (Yang and Schoenholz 2017; Zhang, Dauphin and Ma
 * 2019; De and Smith 2020).
 */
public final class ResidualGrowth {
  private ResidualGrowth() {}

  /** Branch multiplier α, no normalisation: (1 + α²b)^L; 2^L for α = b = 1. */
  public static double plain(int blocks, double multiplier, double branchGain) {
    return Math.exp(blocks * Math.log1p(multiplier * multiplier * branchGain));
  }

  /**
   * Batch norm with gain γ at the end of each branch: 1 + γ²L for a unit-variance input; 1, the
   * identity, at γ = 0 (Goyal et al. 2017).
   */
  public static double batchNormed(int blocks, double gamma) {
    return 1 + gamma * gamma * blocks;
  }

  /**
   * Multipliers s_l that change with depth: ∏_{l ≤ L}(1 + s_l² A) of branches of gain A. s_l² = 1/l
   * gives Γ(L + 1 + A)/(Γ(1 + A)L!), about L^A; a finite Σs_l² stays bounded (Hayou et al. 2021).
   *
   * @param scale s_l by l = 1 … L
   */
  public static double decaying(int blocks, double branchGain, IntToDoubleFunction scale) {
    double ln = 0;
    for (int l = 1; l <= blocks; l++) {
      double s = scale.applyAsDouble(l);
      ln += Math.log1p(s * s * branchGain);
    }
    return Math.exp(ln);
  }

  /**
   * A He–He branch of unequal variances: 1 + s²σ₁²σ₂²/2 for sW₂relu(W₁x), whose input keeps its
   * whole norm, and 1 + s²σ₁²σ₂²/4 for sW₂relu(W₁relu(x)) with a symmetric x. Exact at any width.
   *
   * @param activations how many ReLUs the branch has, 1 or 2
   */
  public static double block(
      double sigmaW2First, double sigmaW2Second, double scale2, int activations) {
    return 1 + scale2 * sigmaW2First * sigmaW2Second * Math.pow(0.5, activations);
  }

  /**
   * Fixup's multiplier of the standard deviation of all layers of a branch but the last, which starts
   * at 0: L^{−1/(2m − 2)} (Zhang, Dauphin and Ma 2019, §3).
   *
   * @param layers m per branch, ≥ 2
   */
  public static double fixupScale(int blocks, int layers) {
    OutsideDomainException.unless(
        layers >= 2, "Fixup has no scale for branches of one layer, which it sets to 0");
    return Math.pow(blocks, -1 / (2.0 * layers - 2));
  }
}
