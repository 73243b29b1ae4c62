package org.phasemap.kernel;

import org.phasemap.network.Activation;

/**
 * Every activation and its derivative in float32, written once for all backends.
 *
 * <p>Absolute error below 4e-7 · max(1, |x|, |φ(x)|), and for functions with φ(0) = 0 a relative
 * one near 0 and in the tails, so that shrinking signals and slopes keep their digits down to
 * float32's smallest number: {@link Tails}. Slopes of softsign and arctan are 0 beyond 1.8e19.
 * Clamps replace arguments whose result is exact in float32 already; they keep infinities from
 * meeting as Inf/Inf or 0·Inf. Formulas write {@code out} last, because it may be {@code x}.
 */
final class ActivationFormulas {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float INV_SQRT_2PI = (float) (1 / Math.sqrt(2 * Math.PI));
  private static final float TWO_OVER_SQRT_PI = (float) (2 / Math.sqrt(Math.PI));

  /** Klambauer et al. 2017, "Self-normalizing neural networks", eq. (14). */
  static final double SELU_LAMBDA = 1.0507009873554805;

  static final double SELU_ALPHA = 1.6732632423543772;

  /** exp(−x) overflows to Inf below −89, and x exp(−|x|) vanishes beyond. */
  private static final float EXP_LIMIT = 110;

  /** Density and distribution function of the normal law underflow beyond 14.5. */
  static final float NORMAL_LIMIT = 20;

  /** tanh(softplus(x)) is 1 in float32 above 9; squares of exp stay finite up to 22. */
  static final float MISH_LIMIT = 20;

  private ActivationFormulas() {}

  static <V> void value(Activation activation, Elements<V> e, V x, V out) {
    Tails tails = Tails.ofValue(activation.kind(), e);
    boolean found = tails.find(e, x);
    middleValue(activation, e, x, out);
    if (found) {
      tails.replace(activation::value, e, out);
    }
  }

  static <V> void derivative(Activation activation, Elements<V> e, V x, V out) {
    Tails tails = Tails.ofDerivative(activation.kind());
    boolean found = tails.find(e, x);
    middleDerivative(activation, e, x, out);
    if (found) {
      tails.replace(activation::derivative, e, out);
    }
  }

  private static <V> void middleValue(Activation activation, Elements<V> e, V x, V out) {
    V s = e.scratch(0);
    V t = e.scratch(1);
    switch (activation.kind()) {
      case LINEAR -> e.affine(1, x, 0, out);
      case RELU -> e.clamp(0, x, INF, out);
      case LEAKY_RELU, PRELU -> {
        e.clamp(-INF, x, 0, s);
        e.affine((float) activation.slope(), s, 0, s);
        e.clamp(0, x, INF, t);
        e.add(s, t, out);
      }
      case ABS -> e.abs(x, out);
      case TANH -> e.tanh(x, out);
      case ERF -> e.erf(x, out);
      case SIN -> e.sin(x, out);
      case HARD_TANH -> e.clamp(-1, x, 1, out);
      case GELU -> {
        normalExponential(e, x, t, s);
        normalCdf(e, x, t, s);
        e.clamp(-NORMAL_LIMIT, x, INF, t);
        e.multiply(s, t, out);
      }
      case SILU -> {
        onePlusExpMinus(e, x, s);
        e.clamp(-EXP_LIMIT, x, INF, t);
        e.divide(t, s, out);
      }
      case SOFTPLUS -> {
        expMinusAbs(e, 1, x, s);
        e.log1p(s, s);
        e.clamp(0, x, INF, t);
        e.add(s, t, out);
      }
      case ELU -> elu(e, 1, 1, x, out);
      case SELU -> elu(e, (float) SELU_LAMBDA, (float) (SELU_LAMBDA * SELU_ALPHA), x, out);
      case MISH -> {
        // tanh(log(1 + n)) = w / (w + 2) with n = exp(x), w = n (n + 2)
        e.clamp(-EXP_LIMIT, x, MISH_LIMIT, s);
        e.exp(s, s);
        e.affine(1, s, 2, t);
        e.multiply(s, t, s);
        e.affine(1, s, 2, t);
        e.divide(s, t, s);
        e.clamp(-EXP_LIMIT, x, INF, t);
        e.multiply(s, t, out);
      }
      case SIGMOID -> {
        onePlusExpMinus(e, x, s);
        e.reciprocal(s, out);
      }
      case SOFTSIGN -> {
        e.clamp(-1e30f, x, 1e30f, s);
        e.abs(s, t);
        e.affine(1, t, 1, t);
        e.divide(s, t, out);
      }
      case ARCTAN -> e.atan(x, out);
    }
  }

  private static <V> void middleDerivative(Activation activation, Elements<V> e, V x, V out) {
    V s = e.scratch(0);
    V t = e.scratch(1);
    switch (activation.kind()) {
      case LINEAR -> {
        e.clamp(0, x, 0, s);
        e.affine(1, s, 1, out);
      }
      case RELU -> e.step(x, out);
      case LEAKY_RELU, PRELU -> {
        float slope = (float) activation.slope();
        e.step(x, s);
        e.affine(1 - slope, s, slope, out);
      }
      case ABS -> {
        e.affine(-1, x, 0, s);
        e.step(s, s);
        e.affine(-1, s, 0, s);
        e.step(x, t);
        e.add(s, t, out);
      }
      case TANH -> squareOfSech(e, x, s, t, out);
      case ERF -> {
        e.multiply(x, x, s);
        e.affine(-1, s, 0, s);
        e.exp(s, s);
        e.affine(TWO_OVER_SQRT_PI, s, 0, out);
      }
      case SIN -> e.cos(x, out);
      case HARD_TANH -> {
        e.abs(x, s);
        e.affine(-1, s, 1, s);
        e.step(s, out);
      }
      case GELU -> {
        V u = e.scratch(2);
        normalExponential(e, x, t, u);
        timesNormalDensity(e, u, t, u);
        normalCdf(e, x, t, s);
        e.add(s, u, out);
      }
      case SILU -> {
        // σ(x) (1 + x σ(−x)) with σ(−x) = 1 / (1 + exp(x))
        V u = e.scratch(2);
        e.clamp(-EXP_LIMIT, x, EXP_LIMIT, s);
        e.exp(s, t);
        e.affine(1, t, 1, t);
        e.divide(s, t, t);
        e.affine(1, t, 1, t);
        onePlusExpMinus(e, s, u);
        e.divide(t, u, out);
      }
      case SOFTPLUS -> {
        onePlusExpMinus(e, x, s);
        e.reciprocal(s, out);
      }
      case ELU -> {
        e.clamp(-INF, x, 0, s);
        e.exp(s, out);
      }
      case SELU -> {
        // λα exp(min(x, 0)) + λ (1 − α) [x > 0]
        e.clamp(-INF, x, 0, s);
        e.exp(s, s);
        e.affine((float) (SELU_LAMBDA * SELU_ALPHA), s, 0, s);
        e.step(x, t);
        e.affine((float) (SELU_LAMBDA * (1 - SELU_ALPHA)), t, 0, t);
        e.add(s, t, out);
      }
      case MISH -> mishDerivative(e, x, s, t, out);
      case SIGMOID -> {
        expMinusAbs(e, 1, x, s);
        overSquareOfOnePlus(e, s, t, out);
      }
      case SOFTSIGN -> {
        e.abs(x, s);
        e.affine(1, s, 1, s);
        e.multiply(s, s, s);
        e.reciprocal(s, out);
      }
      case ARCTAN -> {
        e.multiply(x, x, s);
        e.affine(1, s, 1, s);
        e.reciprocal(s, out);
      }
    }
  }

  /**
   * exp(−x²/2).
   *
   * @param clamped is given x where that is not far out
   */
  static <V> void normalExponential(Elements<V> e, V x, V out, V clamped) {
    e.clamp(-NORMAL_LIMIT, x, NORMAL_LIMIT, clamped);
    e.multiply(clamped, clamped, out);
    e.affine(-0.5f, out, 0, out);
    e.exp(out, out);
  }

  /**
   * Φ(x) = |[x &gt; 0] − Φ(−|x|)|: unlike (1 + erf(x/√2))/2 it keeps its digits far below 0.
   *
   * @param exponential exp(−x²/2), overwritten
   */
  static <V> void normalCdf(Elements<V> e, V x, V exponential, V out) {
    e.normalTail(x, out);
    e.multiply(exponential, out, out);
    e.affine(-1, out, 0, out);
    e.step(x, exponential);
    e.add(exponential, out, out);
    e.abs(out, out);
  }

  /** x exp(−x²/2) / √2π. */
  static <V> void timesNormalDensity(Elements<V> e, V x, V exponential, V out) {
    e.multiply(x, exponential, out);
    e.affine(INV_SQRT_2PI, out, 0, out);
  }

  /** 1 + exp(−x), whose reciprocal is the logistic function. */
  private static <V> void onePlusExpMinus(Elements<V> e, V x, V out) {
    e.affine(-1, x, 0, out);
    e.exp(out, out);
    e.affine(1, out, 1, out);
  }

  private static <V> void expMinusAbs(Elements<V> e, float rate, V x, V out) {
    e.abs(x, out);
    e.affine(-rate, out, 0, out);
    e.exp(out, out);
  }

  /** positive max(x, 0) + negative expm1(min(x, 0)). */
  private static <V> void elu(Elements<V> e, float positive, float negative, V x, V out) {
    V s = e.scratch(0);
    V t = e.scratch(1);
    e.clamp(-INF, x, 0, s);
    e.expm1(s, s);
    e.affine(negative, s, 0, s);
    e.clamp(0, x, INF, t);
    e.affine(positive, t, 0, t);
    e.add(s, t, out);
  }

  /** x / (1 + x)². */
  private static <V> void overSquareOfOnePlus(Elements<V> e, V x, V scratch, V out) {
    e.affine(1, x, 1, scratch);
    e.multiply(scratch, scratch, scratch);
    e.divide(x, scratch, out);
  }

  /** 1 − tanh²(x) = 4 exp(−2|x|) / (1 + exp(−2|x|))², without cancellation in the tails. */
  private static <V> void squareOfSech(Elements<V> e, V x, V s, V t, V out) {
    expMinusAbs(e, 2, x, s);
    overSquareOfOnePlus(e, s, t, s);
    e.affine(4, s, 0, out);
  }

  /**
   * tanh(softplus(x)) + x sech²(softplus(x)) σ(x) = w / (w + 2) + 4 x n (1 + n) / (w + 2)² with n =
   * exp(x), w = n (n + 2).
   */
  private static <V> void mishDerivative(Elements<V> e, V x, V s, V t, V out) {
    V u = e.scratch(2);
    e.clamp(-EXP_LIMIT, x, MISH_LIMIT, u);
    e.exp(u, s);
    e.affine(1, s, 1, t);
    e.multiply(s, t, t);
    e.multiply(u, t, u);
    e.affine(4, u, 0, u);
    e.affine(1, s, 2, t);
    e.multiply(s, t, s);
    e.affine(1, s, 2, t);
    e.divide(u, t, u);
    e.add(s, u, s);
    e.divide(s, t, out);
  }
}
