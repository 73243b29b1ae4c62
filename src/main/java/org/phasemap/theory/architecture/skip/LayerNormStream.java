package org.phasemap.theory.architecture.skip;

import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.limit.LayerLaw;

/** Residual networks with layer norm at the start of the branch: x + Wφ(LN x) + b. */
public final class LayerNormStream {
  private LayerNormStream() {}

  /**
   * ζ = σ_w²D(1)/(σ_w²V(1) + σ_b²): squared gradients grow as (L/l)^ζ because q_l = q₀ + l(σ_w²V +
   * σ_b²) (Doshi et al. 2023, arXiv 2111.12143). 1 for ReLU without biases.
   */
  public static double gradientExponent(LayerLaw law) {
    GaussianMoments moments = new GaussianMoments(law.activation(), 1);
    double branch = law.sigmaW2() * moments.secondMoment() + law.sigmaB2();
    OutsideDomainException.unless(branch > 0, "the branch of this law adds nothing");
    return law.sigmaW2() * moments.derivativeSecondMoment() / branch;
  }
}
