package org.phasemap.theory.architecture;

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

  /** α = 1/√L: (1 + b/L)^L → e^b (Arpit et al. 2019; Hayou et al. 2021). */
  public static double scaled(int blocks, double branchGain) {
    return plain(blocks, 1 / Math.sqrt(blocks), branchGain);
  }

  /**
   * Batch norm with gain γ at the end of each branch: 1 + γ²L for a unit-variance input; 1, the
   * identity, at γ = 0 (Goyal et al. 2017).
   */
  public static double batchNormed(int blocks, double gamma) {
    return 1 + gamma * gamma * blocks;
  }
}
