package org.phasemap.network;

/**
 * Error function and relatives in double precision, relative error below 1e-14.
 *
 * <p>Abramowitz and Stegun 7.1.6 (a series of positive terms) below 2.5, the continued fraction
 * 7.1.14 above.
 */
public final class Erf {
  private static final double SERIES_LIMIT = 2.5;
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

  private Erf() {}

  /** (2/√π) ∫₀ˣ exp(−t²) dt. */
  public static double erf(double x) {
    double a = Math.abs(x);
    if (Double.isNaN(x)) {
      return x;
    }
    return Math.copySign(a < SERIES_LIMIT ? series(a) : 1 - Math.exp(-a * a) * scaledTail(a), x);
  }

  /** 1 − erf(x), accurate in the right tail. */
  public static double erfc(double x) {
    return x < SERIES_LIMIT ? 1 - erf(x) : Math.exp(-x * x) * scaledTail(x);
  }

  /** exp(x²) erfc(x), which neither overflows nor underflows for large positive x. */
  public static double erfcx(double x) {
    return x < SERIES_LIMIT ? Math.exp(x * x) * erfc(x) : scaledTail(x);
  }

  /** Density of the standard normal law. */
  public static double normalDensity(double x) {
    return INV_SQRT_2PI * Math.exp(-0.5 * x * x);
  }

  /** Distribution function of the standard normal law, accurate in the left tail. */
  public static double normalCdf(double x) {
    return 0.5 * erfc(-x * SQRT_HALF);
  }

  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; term > 1e-17 * sum; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
  }

  private static double scaledTail(double x) {
    double fraction = x;
    for (int k = 80; k >= 1; k--) {
      fraction = x + 0.5 * k / fraction;
    }
    return 0.5 * TWO_OVER_SQRT_PI / fraction;
  }
}
