package org.phasemap.theory.gauss;

import org.phasemap.network.Activation;

/** φ(u) − φ(v) from u − v, without cancellation where u and v are close. */
public final class Increment {
  /** Where rectifiers have become linear to rounding, and exponentials still square. */
  private static final double LARGE = 50;

  private Increment() {}

  /**
   * @param difference u − v, which the caller knows better than the subtraction would
   */
  public static double of(Activation f, double u, double v, double difference) {
    if (Math.abs(u) > LARGE && Math.abs(v) > LARGE && isRectifierAtLarge(f)) {
      return u > 0 && v > 0 ? difference : Math.max(u, 0) - Math.max(v, 0);
    }
    return switch (f.kind()) {
      case LINEAR -> difference;
      case TANH -> tanh(u, v, difference);
      case ARCTAN -> Math.atan2(difference, 1 + u * v);
      case SIGMOID -> sigmoid(u, v, difference);
      case SOFTPLUS -> softplus(u, v, difference);
      case SILU -> difference * logistic(u) + v * sigmoid(u, v, difference);
      case MISH -> mish(u, v, difference);
      case ELU, SELU -> {
        if (u > 0 && v > 0) {
          yield f.derivative(1) * difference;
        }
        boolean close = u <= 0 && v <= 0 && Math.abs(difference) < 1;
        yield close ? f.derivative(v) * expm1(difference) : f.value(u) - f.value(v);
      }
      case SOFTSIGN ->
          u > 0 == v > 0
              ? difference / ((1 + Math.abs(u)) * (1 + Math.abs(v)))
              : f.value(u) - f.value(v);
      default -> f.value(u) - f.value(v);
    };
  }

  /** Whether φ is max(x, 0) to rounding for large |x|. */
  public static boolean isRectifierAtLarge(Activation f) {
    return switch (f.kind()) {
      case SILU, SOFTPLUS, MISH -> true;
      default -> false;
    };
  }

  /** exp(x) − 1 to 1e-14, at the cost of an exponential. */
  public static double expm1(double x) {
    if (Math.abs(x) > 0.01) {
      return Math.exp(x) - 1;
    }
    return x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6)))));
  }

  /** sinh(u − v)/(cosh u cosh v), all in decaying exponentials. */
  private static double tanh(double u, double v, double difference) {
    double a = Math.abs(u);
    double b = Math.abs(v);
    double gap = -expm1(-2 * Math.abs(difference));
    double scale = 2 / ((1 + Math.exp(-2 * a)) * (1 + Math.exp(-2 * b)));
    // |u − v| − |u| − |v|.
    double decay = u > 0 == v > 0 ? Math.exp(-2 * Math.min(a, b)) : 1;
    return Math.copySign(scale * gap * decay, difference);
  }

  private static double sigmoid(double u, double v, double difference) {
    double high = Math.max(u, v);
    double low = Math.min(u, v);
    double gap = -expm1(-Math.abs(difference));
    return Math.copySign(logistic(high) * logistic(-low) * gap, difference);
  }

  private static double softplus(double u, double v, double difference) {
    double gap = Math.abs(difference);
    if (gap > 1) {
      return softplus(u) - softplus(v);
    }
    double high = Math.max(u, v);
    return Math.copySign(-Math.log1p(logistic(high) * Math.expm1(-gap)), difference);
  }

  /** With tanh(softplus(x)) = 1 − 2/(e²ˣ + 2eˣ + 2) = 1 − p(x). */
  private static double mish(double u, double v, double difference) {
    double eu = Math.exp(Math.min(u, LARGE));
    double ev = Math.exp(Math.min(v, LARGE));
    double pu = 2 / (eu * (eu + 2) + 2);
    double pv = 2 / (ev * (ev + 2) + 2);
    double low = Math.min(eu, ev);
    double rise = Math.copySign(low * expm1(Math.abs(difference)), difference);
    boolean far = Math.abs(difference) > 1 || Math.max(u, v) > LARGE;
    double bounded = far ? pv - pu : 0.5 * pu * pv * rise * (eu + ev + 2);
    return difference * (1 - pu) + v * bounded;
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double logistic(double x) {
    double e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }
}
