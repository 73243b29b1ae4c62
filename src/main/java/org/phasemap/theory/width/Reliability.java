package org.phasemap.theory.width;

import java.util.List;

/**
 * Where the first order in 1/n is enough: where what the next one would add is small.
 *
 * @param next that of single inputs, at layers 1 … L + 1
 */
record Reliability(List<List<NextOrder.Layer>> next) {
  /** Of a variance, as a share: its root is then right to 5 %. */
  static final double LARGEST_SHARE = 0.1;

  /** Of a mean, in standard deviations of one network. */
  static final double LARGEST_SHIFT = 0.1;

  /**
   * Of what the kernel of layer l makes.
   *
   * @param pairs {@link #ofPairs} as a share of the variance
   */
  boolean ofSignal(int layer, int width, double pairs) {
    return next.stream().allMatch(input -> isSmall(input.get(layer - 1).lnKernel(), width, pairs));
  }

  /** Of what layers 1 … l − 1 do to a gradient. */
  boolean ofGradient(int layer, int width) {
    return next.stream().allMatch(input -> isSmall(input.get(layer - 1).gradient(), width, 0));
  }

  /** Of what they do to a tangent. */
  boolean ofTangent(int layer, int width) {
    return next.stream().allMatch(input -> isSmall(input.get(layer - 1).tangent(), width, 0));
  }

  private static boolean isSmall(NextOrder.Terms terms, int width, double pairs) {
    return terms.share(width) + pairs <= LARGEST_SHARE && terms.shiftShare(width) <= LARGEST_SHIFT;
  }

  /**
   * Two inputs fluctuate together as c², which a cosine that fluctuates itself makes larger: what
   * that adds to the variance of a mean over m inputs, as a share.
   *
   * @param variance of the cosine of a pair
   */
  static double ofPairs(double c, double variance, int m) {
    return m < 2 ? 0 : (m - 1) * variance / (1 + (m - 1) * c * c);
  }

  /** {@link #ofPairs}, for each of some layers the largest so far. */
  static double[] pairs(List<FiniteLayer> layers, int width, int m) {
    double[] largest = new double[layers.size()];
    double soFar = 0;
    for (int l = 0; l < largest.length; l++) {
      FiniteLayer at = layers.get(l);
      double variance = at.observed().map(1, 1, -0.5 * at.c()).pair() / (at.q() * at.q() * width);
      soFar = Math.max(soFar, ofPairs(at.c(), variance, m));
      largest[l] = soFar;
    }
    return largest;
  }

  /** n Var K/K², the largest of some layers. */
  static double relativeVariance(List<FiniteLayer> layers) {
    double largest = 0;
    for (FiniteLayer at : layers) {
      double relative = at.kernel(0, 0) / (at.q() * at.q());
      if (!(relative <= largest)) {
        largest = relative;
      }
    }
    return largest;
  }
}
