package org.phasemap.plan;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Student's t. */
final class StudentT {
  private static final double LEVEL = 0.95;

  /** Halvings of a right angle until neighbouring doubles. */
  private static final int HALVINGS = 60;

  private static final Map<Integer, Double> KNOWN = new ConcurrentHashMap<>();

  private StudentT() {}

  /**
   * The x with P(|T| ≤ x) = 0.95, which a 95 % confidence interval extends to both sides, in
   * standard errors.
   *
   * @param degrees of freedom, &gt;= 1
   */
  static double halfWidth(int degrees) {
    return KNOWN.computeIfAbsent(degrees, StudentT::solve);
  }

  private static double solve(int degrees) {
    double low = 0;
    double high = Math.PI / 2;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (within(middle, degrees) < LEVEL) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(degrees) * StrictMath.tan(low);
  }

  /**
   * P(|T| ≤ √ν tan θ), a finite sum for whole ν: Abramowitz and Stegun 1964, 26.7.3 and 26.7.4. The
   * same bits on every JVM.
   */
  private static double within(double theta, int degrees) {
    double sin = StrictMath.sin(theta);
    double cos = StrictMath.cos(theta);
    boolean odd = degrees % 2 == 1;
    double term = odd ? cos : 1;
    double sum = 0;
    for (int k = 1; k <= degrees / 2; k++) {
      sum += term;
      term *= cos * cos * (odd ? 2 * k / (2 * k + 1.0) : (2 * k - 1) / (2.0 * k));
    }
    return odd ? 2 / Math.PI * (theta + sin * sum) : sin * sum;
  }
}
