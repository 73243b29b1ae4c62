package org.phasemap.network;

/** The formulas behind {@link Activation}. */
final class Curves {
  /** Klambauer et al. 2017, "Self-normalizing neural networks", eq. (14). */
  static final double SELU_LAMBDA = 1.0507009873554805;

  static final double SELU_ALPHA = 1.6732632423543772;
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  private Curves() {}

  static double value(Activation f, double x) {
    return switch (f.kind()) {
      case LINEAR -> x;
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU, PRELU -> x > 0 ? x : f.slope() * x;
      case ABS -> Math.abs(x);
      case TANH -> Math.tanh(x);
      case ERF -> Erf.erf(x);
      case SIN -> Math.sin(x);
      case HARD_TANH -> Math.max(-1, Math.min(1, x));
      case GELU -> x * Erf.normalCdf(x);
      case SILU -> x * sigmoid(x);
      case SOFTPLUS -> softplus(x);
      case ELU -> x > 0 ? x : Math.expm1(x);
      case SELU -> SELU_LAMBDA * (x > 0 ? x : SELU_ALPHA * Math.expm1(x));
      case MISH -> x * tanhSoftplus(x);
      case SIGMOID -> sigmoid(x);
      case SOFTSIGN -> x / (1 + Math.abs(x));
      case ARCTAN -> Math.atan(x);
    };
  }

  static double derivative(Activation f, double x) {
    return switch (f.kind()) {
      case LINEAR -> 1;
      case RELU -> x > 0 ? 1 : 0;
      case LEAKY_RELU, PRELU -> x > 0 ? 1 : f.slope();
      case ABS -> Math.signum(x);
      case TANH -> sech2(x);
      case ERF -> TWO_OVER_SQRT_PI * Math.exp(-x * x);
      case SIN -> Math.cos(x);
      case HARD_TANH -> Math.abs(x) < 1 ? 1 : 0;
      case GELU -> Erf.normalCdf(x) + x * Erf.normalDensity(x);
      case SILU -> {
        double s = sigmoid(x);
        yield s * (1 + x * sigmoid(-x));
      }
      case SOFTPLUS -> sigmoid(x);
      case ELU -> x > 0 ? 1 : Math.exp(x);
      case SELU -> SELU_LAMBDA * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x));
      case MISH -> {
        double gap = tanhSoftplusGap(x);
        yield tanhSoftplus(x) + x * gap * (2 - gap) * sigmoid(x);
      }
      case SIGMOID -> sigmoid(x) * sigmoid(-x);
      case SOFTSIGN -> 1 / square(1 + Math.abs(x));
      case ARCTAN -> 1 / (1 + x * x);
    };
  }

  static double secondDerivative(Activation f, double x) {
    return switch (f.kind()) {
      case LINEAR, RELU, LEAKY_RELU, PRELU, ABS, HARD_TANH -> 0;
      case TANH -> -2 * Math.tanh(x) * sech2(x);
      case ERF -> -2 * x * TWO_OVER_SQRT_PI * Math.exp(-x * x);
      case SIN -> -Math.sin(x);
      case GELU -> (2 - x * x) * Erf.normalDensity(x);
      case SILU -> {
        double s = sigmoid(x);
        double t = sigmoid(-x);
        yield s * t * (2 + x * (t - s));
      }
      case SOFTPLUS -> sigmoid(x) * sigmoid(-x);
      case ELU -> x > 0 ? 0 : Math.exp(x);
      case SELU -> x > 0 ? 0 : SELU_LAMBDA * SELU_ALPHA * Math.exp(x);
      case MISH -> {
        double gap = tanhSoftplusGap(x);
        double s = sigmoid(x);
        yield gap * (2 - gap) * (2 * s + x * s * (sigmoid(-x) - 2 * tanhSoftplus(x) * s));
      }
      case SIGMOID -> {
        double s = sigmoid(x);
        double t = sigmoid(-x);
        yield s * t * (t - s);
      }
      case SOFTSIGN -> -2 * Math.signum(x) / Math.pow(1 + Math.abs(x), 3);
      case ARCTAN -> -2 * x / square(1 + x * x);
    };
  }

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  /** (e²ˣ + 2eˣ)/(e²ˣ + 2eˣ + 2). */
  private static double tanhSoftplus(double x) {
    double e = Math.exp(-Math.abs(x));
    return x > 0 ? (1 + 2 * e) / (1 + 2 * e + 2 * e * e) : e * (e + 2) / (e * (e + 2) + 2);
  }

  /** 1 − tanh(softplus(x)). */
  private static double tanhSoftplusGap(double x) {
    double e = Math.exp(-Math.abs(x));
    return x > 0 ? 2 * e * e / (1 + 2 * e + 2 * e * e) : 2 / (e * e + 2 * e + 2);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** 1 − tanh²(x) without cancellation in the tails. */
  private static double sech2(double x) {
    double e = Math.exp(-2 * Math.abs(x));
    return 4 * e / square(1 + e);
  }

  private static double square(double x) {
    return x * x;
  }
}
