package org.phasemap.network;

import java.io.Serializable;

/**
 * A fully connected network at initialisation: z₁ = W₁x + b₁, z_{l+1} = W_{l+1}φ(z_l) + b_{l+1},
 * and a linear read-out with normal weights of the same variance, f = Wφ(z_L) + b. Every weight has
 * variance σ_w²/fan-in before the mask; each is kept, independently, with the keep probability.
 *
 * @param architecture its kind
 * @param activation φ
 * @param depth L, the number of hidden layers
 * @param width n of every hidden layer
 * @param weightLaw law of the weights
 * @param sigmaW2 σ_w², weight variance × fan-in, before the mask
 * @param sigmaB2 σ_b², bias variance
 * @param keepProbability p, the share of weights kept, in (0, 1]
 */
public record NetworkConfig(
    Architecture architecture,
    Activation activation,
    int depth,
    int width,
    WeightLaw weightLaw,
    double sigmaW2,
    double sigmaB2,
    double keepProbability)
    implements Serializable {
  public NetworkConfig {
    if (depth < 1 || width < 1) {
      throw new IllegalArgumentException("depth and width must be >= 1: " + depth + ", " + width);
    }
    if (!(sigmaW2 >= 0) || !(sigmaB2 >= 0) || !Double.isFinite(sigmaW2 + sigmaB2)) {
      throw new IllegalArgumentException(
          "variances must be finite and >= 0: " + sigmaW2 + ", " + sigmaB2);
    }
    if (!(keepProbability > 0 && keepProbability <= 1)) {
      throw new IllegalArgumentException("keep probability outside (0, 1]: " + keepProbability);
    }
  }

  /** Of fully connected layers. */
  public NetworkConfig(
      Activation activation,
      int depth,
      int width,
      WeightLaw weightLaw,
      double sigmaW2,
      double sigmaB2,
      double keepProbability) {
    this(Architecture.MLP, activation, depth, width, weightLaw, sigmaW2, sigmaB2, keepProbability);
  }

  /** σ_w² that signals see: p σ_w² (REFERENCE A8). */
  public double effectiveSigmaW2() {
    return keepProbability * sigmaW2;
  }

  /** The same network with another depth. */
  public NetworkConfig withDepth(int other) {
    return new NetworkConfig(
        architecture, activation, other, width, weightLaw, sigmaW2, sigmaB2, keepProbability);
  }
}
