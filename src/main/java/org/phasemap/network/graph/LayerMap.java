package org.phasemap.network.graph;

/**
 * The map that every layer of a network has at infinite width, at every position: z′ = W after(φ(γ
 * before(z))) + b, with σ_w²/fan-in the variance of W. Networks that have one are MLPs, but for the
 * norm, as far as signals of two inputs are concerned; so their depth scales are those of a law.
 *
 * @param before norm before φ; NONE for none
 * @param after norm after φ; NONE for none
 * @param gamma γ of the norm
 * @param weights how W comes from its numbers; not SPECTRAL_NORM, whose variance depends on widths
 */
public record LayerMap(Norm before, Norm after, double gamma, Parameterisation weights) {
  /** z′ = Wφ(z) + b of plain weights. */
  public static final LayerMap PLAIN =
      new LayerMap(Norm.NONE, Norm.NONE, 1, Parameterisation.PLAIN);

  /**
   * The share of σ_w² that a mask leaves. Weights over their norm are scaled after the mask, which
   * then changes nothing.
   *
   * @param keepProbability p
   */
  public double kept(double keepProbability) {
    return weights == Parameterisation.PLAIN ? keepProbability : 1;
  }

  /** Whether its layers have a norm. */
  public boolean isNormed() {
    return before != Norm.NONE || after != Norm.NONE;
  }
}
