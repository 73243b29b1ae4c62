package org.phasemap.theory.architecture.attention;

import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.LayerStatistics;

/**
 * A transformer block: attention, then a feed-forward branch W₂φ(W₁·), each added to the stream.
 * Infinite width, number of heads and key dimension; no mask, no positions, no biases.
 *
 * @param norm where layer norm stands
 * @param tokens T ≥ 2
 * @param logitFactor vf = σ_q²σ_k²
 * @param valueFactor s_ov = σ_o²σ_v²
 * @param activation φ of the feed-forward branch
 * @param sigmaW2First σ² of W₁
 * @param sigmaW2Second σ² of W₂
 * @param attentionScale2 s_a², of the attention branch
 * @param feedForwardScale2 s_f², of the other
 */
public record TransformerLaw(
    Norm norm,
    int tokens,
    double logitFactor,
    double valueFactor,
    Activation activation,
    double sigmaW2First,
    double sigmaW2Second,
    double attentionScale2,
    double feedForwardScale2) {
  /** Where layer norm stands. */
  public enum Norm {
    /** At the start of each branch. */
    PRE,
    /** After each sum. */
    POST,
    /** Nowhere. */
    NONE
  }

  public TransformerLaw {
    OutsideDomainException.unless(tokens >= 1, "tokens must be >= 1: " + tokens);
  }

  /** One attention layer at tokens of second moment q and cosine ρ. */
  AttentionLayer attention(double q, double rho) {
    return AttentionLayer.of(tokens, logitFactor * q * q, rho);
  }

  /** The feed-forward branch's φ at tokens of second moment q; nextQ is that of the branch. */
  LayerStatistics feedForward(double q) {
    LayerLaw law = new LayerLaw(activation, feedForwardScale2 * sigmaW2Second, 0);
    return LayerStatistics.of(law, sigmaW2First * q);
  }

  /**
   * ln of the factor of 1 − ρ per post-norm block at ρ = 1: (1 + s_f²σ₂²σ₁²D)/((1 + s_f²σ₂²V)(1 +
   * s_a²s_ov)), V and D at σ₁². Negative: ranks collapse; positive: chaos (Cowsik et al. 2024,
   * arXiv 2403.02579, for a related block).
   */
  public double angleExponent() {
    return gradientExponent() - Math.log1p(attentionScale2 * valueFactor);
  }

  /** ln of the growth per post-norm block of a gradient common to all tokens, at ρ = 1. */
  public double gradientExponent() {
    OutsideDomainException.unless(
        norm == Norm.POST, "only post-norm blocks have exponents; others follow power laws");
    LayerStatistics layer = feedForward(1);
    return Math.log1p(sigmaW2First * layer.chi1()) - Math.log1p(layer.nextQ());
  }
}
