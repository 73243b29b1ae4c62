package org.phasemap.theory.architecture.convolution;

import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.dual.ArcCosine;

/** First order in 1/C of how the second moment over C channels fluctuates from net to net. */
public final class ChannelFluctuation {
  /** E relu⁴ of a standard normal. */
  private static final double RELU4 = 1.5;

  private ChannelFluctuation() {}

  /**
   * C Var ln(q_L/q₁) of a ReLU network with He weights and circular padding, q the mean over P
   * pixels of the variance given the layers below: Σ_{l<L} 4 mean_d[K₂(c_l(d)) − ¼], c_l(d) by κ₁ from
   * c₁ = c₀ between any two pixels. Between 5/P a layer (white) and 5 (constant). Good to 5 % at C =
   * 32, L = 8.
   */
  public static double ofRelu(double pixels, double c0, int depth) {
    OutsideDomainException.unless(
        pixels == 1 || c0 * (pixels - 1) >= -1,
        "no " + (long) pixels + " pixels have the correlation " + c0 + " each with each");
    double c = c0;
    double sum = 0;
    for (int l = 1; l < depth; l++) {
      sum += (4 * RELU4 - 1 + (pixels - 1) * (4 * ArcCosine.squares(c) - 1)) / pixels;
      c = ArcCosine.kappa1(c);
    }
    return sum;
  }

  /**
   * C Var of the normalised second moment after one linear depthwise convolution of a ReLU ring of
   * independent pixels: 4[m₂₂ + (2/k²) Σ_ββ′ E R(β − β′)² − ¼] with R(δ) the ring's autocorrelation,
   * m₂₂ = E R(0)². E R(δ)² has a term of its own where 2δ is a whole turn, as on a ring of 4 with
   * three taps.
   *
   * @throws OutsideDomainException where taps meet themselves, k &gt; size
   */
  public static double separableWhite(int size, int kernel, int dims) {
    OutsideDomainException.unless(
        kernel <= size, "a kernel of " + kernel + " taps meets itself on a ring of " + size);
    double pixels = Math.pow(size, dims);
    double taps = Math.pow(kernel, dims);
    double mean2 = 1 / (2 * Math.PI);
    double square = 0.25 + (RELU4 - 0.25) / pixels;
    double mean4 = mean2 * mean2;
    double half = mean4 + 2 * (0.25 - mean4) / pixels;
    double other = mean4 + ((0.25 - mean4) + 2 * (mean2 / 2 - mean4)) / pixels;
    double halfTurns = Math.pow(halfTurnPairs(size, kernel), dims) - taps;
    double others = taps * taps - taps - halfTurns;
    double pairs = (taps * square + halfTurns * half + others * other) / (taps * taps);
    return 4 * (square + 2 * pairs - 0.25);
  }

  /** Pairs of taps whose distance is no or half a turn. */
  private static double halfTurnPairs(int size, int kernel) {
    int pairs = kernel;
    if (size % 2 == 0 && kernel > size / 2) {
      pairs += 2 * (kernel - size / 2);
    }
    return pairs;
  }

  /**
   * The same for a constant image and any kernel, with max(x, 0) + a min(x, 0) between the depthwise
   * and the pointwise convolution: 36(1 + a⁴)/(1 + a²)² − 1; 17 if linear, 35 if ReLU.
   *
   * @param slope a; 1 is no activation
   */
  public static double separableConstant(double slope) {
    double square = 1 + slope * slope;
    return 36 * (1 + Math.pow(slope, 4)) / (square * square) - 1;
  }
}
