package org.phasemap.theory.limit;

import org.phasemap.network.Activation;

/**
 * One layer's law: z = Wφ(z′) + b.
 *
 * @param activation φ
 * @param sigmaW2 σ_w², weight variance × fan-in, with the keep probability already in it
 * @param sigmaB2 σ_b², bias variance
 */
public record LayerLaw(Activation activation, double sigmaW2, double sigmaB2) {
  public LayerLaw {
    if (!(sigmaW2 >= 0) || !(sigmaB2 >= 0) || !Double.isFinite(sigmaW2 + sigmaB2)) {
      throw new IllegalArgumentException(
          "variances must be finite and >= 0: sigma_w2 = " + sigmaW2 + ", sigma_b2 = " + sigmaB2);
    }
  }

  /** The law with another σ_w². */
  public LayerLaw withSigmaW2(double other) {
    return new LayerLaw(activation, other, sigmaB2);
  }
}
