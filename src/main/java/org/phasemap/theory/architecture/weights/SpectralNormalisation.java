package org.phasemap.theory.architecture.weights;

import org.phasemap.theory.OutsideDomainException;

/** Weights divided by their largest singular value (Miyato et al. 2018), entries N(0, 1/fan-in). */
public final class SpectralNormalisation {
  /**
   * Mean of the Tracy–Widom law of order 1 (Bornemann 2010, Math. Comp. 79, table 7: −1.20653 35745
   * 82).
   */
  private static final double TRACY_WIDOM_MEAN = -1.206533574582;

  /** Fewer rows or columns leave more than 1 % of error. */
  private static final int FEWEST = 16;

  private SpectralNormalisation() {}

  /**
   * E σ_max² of an m × n matrix: (μ + σ E TW₁)/n with Johnstone's centring μ = (√(m − 1) + √n)², σ =
   * (√(m − 1) + √n)(1/√(m − 1) + 1/√n)^{1/3} (Johnstone 2001, Ann. Stat. 29, theorem 1.1). Asymptotic:
   * within 1 % from 16 rows and columns on.
   *
   * @param rows m, the fan-out
   * @param columns n, the fan-in
   */
  public static double largestSquare(int rows, int columns) {
    OutsideDomainException.unless(
        Math.min(rows, columns) >= FEWEST,
        "the asymptotic law needs " + FEWEST + " rows and columns: " + rows + " x " + columns);
    double m = Math.sqrt(rows - 1.0);
    double n = Math.sqrt(columns);
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
