package org.phasemap.network.activation;

/** Functions of exponentials, that activations are made of. */
public final class Exponentials {
  /** Where rectifiers have become linear to rounding, and exponentials still square. */
  static final double LARGE = 50;

  private Exponentials() {}

  /** exp(x) − 1 to 1e-14, at the cost of an exponential. */
  public static double expm1(double x) {
    if (Math.abs(x) > 0.01) {
      return Math.exp(x) - 1;
    }
    return x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6)))));
  }

  /** 1/(1 + e⁻ˣ). */
  static double logistic(double x) {
    double e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  /** The difference of two, from u − v. */
  static double logisticDifference(double u, double v, double gap) {
    double high = Math.max(u, v);
    double low = Math.min(u, v);
    double rise = -expm1(-Math.abs(gap));
    return Math.copySign(logistic(high) * logistic(-low) * rise, gap);
  }

  /** ln(1 + eˣ). */
  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** Whether both are so large that max(x, 0) takes the place of a rectifier. */
  static boolean areLarge(double u, double v) {
    return Math.abs(u) > LARGE && Math.abs(v) > LARGE;
  }

  /** max(u, 0) − max(v, 0). */
  static double rectified(double u, double v, double gap) {
    return u > 0 && v > 0 ? gap : Math.max(u, 0) - Math.max(v, 0);
  }

  static double square(double x) {
    return x * x;
  }
}
