package org.phasemap.theory.architecture.weights;

/** Weights divided by their largest singular value (Miyato et al. 2018), entries N(0, 1/fan-in). */
public final class SpectralNormalisation {
  /**
   * Mean of the Tracy–Widom law of order 1 (Bornemann 2010, Math. Comp. 79, table 7: −1.20653 35745
   * 82).
   */
  private static final double TRACY_WIDOM_MEAN = -1.206533574582;

  private SpectralNormalisation() {}

  /**
   * E σ_max² of an m × n matrix: (μ + σ E TW₁)/n with μ = (√(m − ½) + √(n − ½))² and σ = (√(m − ½)
   * + √(n − ½))(1/√(m − ½) + 1/√(n − ½))^{1/3} (Johnstone 2001, Ann. Stat. 29, theorem 1.1, with
   * the centring of second order of Ma 2012, Bernoulli 18, 322). Asymptotic: within 1 % from 16
   * rows and columns on, and within 4 % of 2 × 16 and 6 × 6; a single row or column is exact.
   *
   * @param rows m, the fan-out
   * @param columns n, the fan-in
   */
  public static double largestSquare(int rows, int columns) {
    if (Math.min(rows, columns) == 1) {
      return rows;
    }
    double m = Math.sqrt(rows - 0.5);
    double n = Math.sqrt(columns - 0.5);
    double spread = (m + n) * Math.cbrt(1 / m + 1 / n);
    return ((m + n) * (m + n) + spread * TRACY_WIDOM_MEAN) / columns;
  }

  /**
   * Factor per layer of a linear network's second moment after the division, wide limit: 1/(1 +
   * √(m/n))² (Geman 1980); ReLU halves it. ¼ for square layers: criticality needs a gain of √8.
   *
   * @param ratio m/n, fan-out over fan-in
   */
  public static double varianceFactor(double ratio) {
    double root = 1 + Math.sqrt(ratio);
    return 1 / (root * root);
  }
}
