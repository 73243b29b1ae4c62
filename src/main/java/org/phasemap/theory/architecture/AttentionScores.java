package org.phasemap.theory.architecture;

/** Attention logits at initialisation and the entropy of their softmax. */
public final class AttentionScores {
  private static final double STEP = 1.0 / 16;
  private static final double REACH = 13;

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

  /**
   * Mean entropy in nats of the softmax of T independent N(0, v) logits: E ln Z − E Σ p s, with E
   * ln Z = ∫(e^{−t} − f(t)^T)dt/t and E Σ p s = T ∫ E[s e^s e^{−t e^s}] f(t)^{T−1} dt, f(t) = E
   * exp(−t e^s). About ln T − v/2 while v &lt; 2 ln T, where one token starts to take all. Absolute
   * error 1e-10.
   */
  public static double meanEntropy(int tokens, double variance) {
    double s = Math.sqrt(variance);
    // t = T^{-1} e^{x}: the transition of f^T is near x = 0, its width grows with s.
    double low = -45 - s * REACH;
    double high = 45 + s * REACH + Math.log(tokens);
    double lnZ = 0;
    double energy = 0;
    double step = Math.min(0.25, 0.1 + 0.02 * s);
    for (double x = low; x < high; x += step) {
      double t = Math.exp(x);
      double[] f = transforms(t, s);
      double lnF = Math.log(f[0]);
      lnZ += step * (Math.exp(-t) - Math.exp(tokens * lnF));
      energy += step * t * tokens * f[1] * Math.exp((tokens - 1) * lnF);
    }
    return lnZ - energy;
  }

  /** E exp(−t e^s) and E s e^s exp(−t e^s), s ~ N(0, v). */
  private static double[] transforms(double t, double s) {
    double f = 0;
    double g = 0;
    for (double z = -REACH; z <= REACH; z += STEP) {
      double weight = STEP * org.phasemap.network.Erf.normalDensity(z);
      double e = Math.exp(s * z);
      double decay = weight * Math.exp(-t * e);
      f += decay;
      g += s * z * e * decay;
    }
    return new double[] {Math.max(f, Double.MIN_NORMAL), g};
  }
}
