package org.phasemap.theory;

import org.phasemap.network.Activation;

/** φ(u) − φ(v) from u − v, without cancellation where u and v are close. */
final class Increment {
  private Increment() {}

  /**
   * @param difference u − v, which the caller knows better than the subtraction would
   */
  static double of(Activation f, double u, double v, double difference) {
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
        yield u <= 0 && v <= 0 ? f.derivative(v) * Math.expm1(difference) : f.value(u) - f.value(v);
      }
      case SOFTSIGN ->
          u > 0 == v > 0
              ? difference / ((1 + Math.abs(u)) * (1 + Math.abs(v)))
              : f.value(u) - f.value(v);
      default -> f.value(u) - f.value(v);
    };
  }

  /** exp(x) − 1 to 1e-14, at the cost of an exponential. */
  static double expm1(double x) {
    if (Math.abs(x) > 0.01) {
      return Math.exp(x) - 1;
    }
    return x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6)))));
  }

  private static double tanh(double u, double v, double difference) {
    return Math.tanh(difference) * (1 - Math.tanh(u) * Math.tanh(v));
  }

  private static double sigmoid(double u, double v, double difference) {
    double high = Math.max(u, v);
    double low = Math.min(u, v);
    double gap = -Math.expm1(-Math.abs(difference));
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

  private static double mish(double u, double v, double difference) {
    double tu = Math.tanh(softplus(u));
    double tv = Math.tanh(softplus(v));
    return difference * tu + v * Math.tanh(softplus(u, v, difference)) * (1 - tu * tv);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double logistic(double x) {
    double e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }
}
