package org.phasemap.theory.precision;

import org.phasemap.network.Erf;
import org.phasemap.theory.gauss.Roots;

/** Saturation of signed 8-bit integers with grid step δ under N(0, σ²) values. */
public final class Int8Quantisation {
  private static final double SQRT_HALF = Math.sqrt(0.5);

  private Int8Quantisation() {}

  /** P(z/δ &gt; 127 or z/δ &lt; −128), clipped without rounding. */
  public static double saturation(double sigma, double step) {
    return upperTail(127 * step / sigma) + upperTail(128 * step / sigma);
  }

  /** The largest σ/δ that saturates with probability ≤ epsilon in (0, 1). */
  public static double largestSigma(double epsilon) {
    if (!(epsilon > 0 && epsilon < 1)) {
      throw new IllegalArgumentException("epsilon outside (0, 1): " + epsilon);
    }
    return Math.exp(Roots.brent(lnRatio -> saturation(Math.exp(lnRatio), 1) / epsilon - 1, -2, 60));
  }

  private static double upperTail(double x) {
    return 0.5 * Erf.erfc(x * SQRT_HALF);
  }
}
