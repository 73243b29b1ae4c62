package org.phasemap.theory.architecture.attention;

import org.phasemap.theory.OutsideDomainException;

/**
 * One attention layer over T exchangeable tokens of unit second moment and cosine ρ, no mask, key
 * dimension d_k → ∞ (Noci et al. 2022, arXiv 2206.03126). What all keys share cancels in the softmax:
 * a row's logits have the effective variance v(1 − ρ), and those of two rows for one key correlate by
 * ρ.
 *
 * @param tokens T
 * @param rho ρ, from −1/(T − 1) to 1
 * @param row of one query
 * @param pair of two queries
 */
public record AttentionLayer(int tokens, double rho, SoftmaxRow row, SoftmaxPair pair) {
  /**
   * From tokens and weights.
   *
   * @param logitVariance v = σ_q²σ_k²q²
   */
  public static AttentionLayer of(int tokens, double logitVariance, double rho) {
    check(tokens, rho);
    double variance = logitVariance * (1 - rho);
    return new AttentionLayer(
        tokens, rho, SoftmaxRow.of(tokens, variance), SoftmaxPair.of(tokens, variance, rho));
  }

  /** Mean entropy of a row's weights, in nats. */
  public static double entropy(int tokens, double logitVariance, double rho) {
    check(tokens, rho);
    return SoftmaxRow.of(tokens, logitVariance * (1 - rho)).entropy();
  }

  private static void check(int tokens, double rho) {
    OutsideDomainException.unless(tokens >= 1, "tokens must be >= 1: " + tokens);
    OutsideDomainException.unless(
        rho <= 1 && (tokens == 1 || rho * (tokens - 1) >= -1),
        "no " + tokens + " tokens have the cosine " + rho + " each with each");
  }

  /** Second moment of A Y, in units of that of Y: ρ + (1 − ρ)P₂. */
  public double kept() {
    return rho + (1 - rho) * row.squares();
  }

  /** Covariance of two tokens of A Y, in the same units: ρ + (1 − ρ)X₂. */
  public double shared() {
    return rho + (1 - rho) * pair.overlap();
  }

  /** Cosine of tokens after the layer without skip: rank collapse (Dong et al. 2021). */
  public double similarity() {
    return shared() / kept();
  }

  /**
   * E‖∂L/∂W_Q‖²/(d d_v σ_k²σ_v²g²) for independent token gradients of second moment g²: T(1 − ρ)²C₃.
   * Queries and keys stop learning as (1 − ρ)².
   */
  public double queryGradient() {
    return tokens * (1 - rho) * (1 - rho) * row.slope();
  }

  /** The same where all tokens have one gradient: (1 − ρ)²T[C₃ + (T − 1)ρX₃]. */
  public double coherentQueryGradient() {
    double others = (tokens - 1) * rho * pair.slope();
    return tokens * (1 - rho) * (1 - rho) * (row.slope() + others);
  }

  /** E‖∂L/∂W_V‖²/(d d_v g²) for independent token gradients: T(ρ + (1 − ρ)P₂). */
  public double valueGradient() {
    return tokens * kept();
  }
}
