package org.phasemap.theory.architecture.attention;

/** Attention logits at initialisation. */
public final class AttentionScores {
  private AttentionScores() {}

  /**
   * Variance of q·k/√d_k for two different tokens with independent unit-variance entries: σ_q² σ_k²
   * (Vaswani et al. 2017, §3.2.1, footnote 4). Logits of one query share it, so their variance
   * given the query fluctuates by 2/d_k of itself.
   */
  public static double scaledLogitVariance(double sigmaW2Query, double sigmaW2Key) {
    return sigmaW2Query * sigmaW2Key;
  }

  /** The same without the division by √d_k. */
  public static double plainLogitVariance(
      double sigmaW2Query, double sigmaW2Key, int keyDimension) {
    return sigmaW2Query * sigmaW2Key * keyDimension;
  }
}
