package org.phasemap.theory.architecture.attention;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.limit.LayerStatistics;

/**
 * Second moment q and cosine ρ of the tokens through a transformer, and gradients back. Attention
 * adds dq = s_a²s_ovQ(ρ + (1 − ρ)P₂), dp = s_a²s_ovQ(ρ + (1 − ρ)X₂) to q and p = ρq, feed-forward
 * s_f²σ₂²V and s_f²σ₂²F; Q is q, or 1 under a norm. Post-norm divides by the new q. Gradients have
 * the value path and those of queries and keys, which are of the same order (Noci et al. 2022,
 * arXiv 2206.03126; ARCHITECTURES 5.2, 5.3). The norm's own projection, 2/d, is neglected.
 */
public final class TransformerStream {
  private final TransformerLaw law;
  private final List<SubLayer> path = new ArrayList<>();
  private double q = 1;
  private double rho;

  /** From tokens of second moment 1. */
  public TransformerStream(TransformerLaw law, double rho0) {
    this.law = law;
    rho = rho0;
  }

  /** Through some blocks. */
  public TransformerStream through(int blocks) {
    for (int block = 0; block < blocks; block++) {
      double inner = inner();
      AttentionLayer attention = law.attention(inner, rho);
      double scale = law.attentionScale2() * law.valueFactor();
      path.add(
          new SubLayer(
              g -> throughAttention(g, attention, inner),
              divisor(),
              add(scale * inner * attention.kept(), scale * inner * attention.shared())));
      double innerAgain = inner();
      LayerStatistics layer = law.feedForward(innerAgain);
      double apart = 1 - rho;
      double slope = law.sigmaW2First() * layer.chi1();
      double slopePair = law.sigmaW2First() * layer.chiC(apart);
      double own = layer.nextQ();
      path.add(
          new SubLayer(
              g -> new TokenGradients(slope * g.gamma(), slopePair * g.eta()),
              divisor(),
              add(own, own * (1 - layer.nextOneMinusC(apart)))));
    }
    return this;
  }

  /** E x² per coordinate. */
  public double secondMoment() {
    return q;
  }

  /** Cosine of two tokens. */
  public double similarity() {
    return rho;
  }

  /**
   * ln of a token's squared gradient at the input over that at the top.
   *
   * @param eta cosine of two tokens' gradients at the top
   */
  public double lnGradientGain(double eta) {
    OutsideDomainException.unless(
        eta <= 1 && eta * (law.tokens() - 1) >= -1,
        "no " + law.tokens() + " gradients have the cosine " + eta + " each with each");
    TokenGradients g = new TokenGradients(1, eta);
    double ln = 0;
    for (int i = path.size() - 1; i >= 0; i--) {
      SubLayer at = path.get(i);
      g = g.plus(at.back.through(g), at.branchDivisor, at.divisor);
      ln += Math.log(g.gamma());
      g = new TokenGradients(1, g.eta() / g.gamma());
    }
    return ln;
  }

  private interface Back {
    TokenGradients through(TokenGradients above);
  }

  /**
   * What a branch does to gradients.
   *
   * @param branchDivisor variance that a norm at its start divides by
   * @param divisor variance that a norm after the sum divides by
   */
  private record SubLayer(Back back, double branchDivisor, double divisor) {}

  /** Second moment of the branch's input. */
  private double inner() {
    return law.norm() == TransformerLaw.Norm.PRE ? 1 : q;
  }

  private double divisor() {
    return law.norm() == TransformerLaw.Norm.PRE ? q : 1;
  }

  /** Adds a branch's moments; returns what a norm after the sum divides by. */
  private double add(double own, double pair) {
    double sum = q + own;
    rho = (q * rho + pair) / sum;
    q = law.norm() == TransformerLaw.Norm.POST ? 1 : sum;
    return law.norm() == TransformerLaw.Norm.POST ? sum : 1;
  }

  private TokenGradients throughAttention(TokenGradients g, AttentionLayer at, double inner) {
    double scale = law.attentionScale2() * law.valueFactor();
    double logit = law.logitFactor() * inner * inner;
    double others = law.tokens() - 1;
    double apart = 1 - at.rho();
    double rowSlope = at.row().slope();
    double pairSlope = at.pair().slope();
    double key = logit * apart * (g.gamma() * rowSlope + others * at.rho() * g.eta() * pairSlope);
    double query = logit * apart * apart;
    double p = at.row().squares();
    double x = at.pair().overlap();
    double gamma = g.gamma() * p + g.eta() * others * x + query * rowSlope * g.gamma() + key;
    // What a row gives to other tokens is shared by them; a token alone has all of it.
    double given = others == 0 ? 0 : (g.gamma() * (1 - p) - key) / others;
    double eta = given + g.eta() * (1 - x) + query * pairSlope * g.eta();
    return new TokenGradients(scale * gamma, scale * eta);
  }
}
