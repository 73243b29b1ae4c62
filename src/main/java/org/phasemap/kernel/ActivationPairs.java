package org.phasemap.kernel;

import org.phasemap.network.Activation;

/**
 * φ and φ′ at the same arguments, where they share their costly part; the errors are those of
 * {@link ActivationFormulas}. The slope is written first: {@code value} may be {@code x}.
 */
public final class ActivationPairs {
  /** exp and its reciprocal are far from the ends of float32's range. */
  private static final float EXP_LIMIT = 80;

  private static final float EXPM1_LIMIT = 87;

  private static final float INF = Float.POSITIVE_INFINITY;

  private ActivationPairs() {}

  public static <V> void both(Activation activation, Elements<V> e, V x, V value, V slope) {
    Tails tails = Tails.ofBoth(activation.kind());
    boolean found = tails.find(e, x);
    middle(activation, e, x, value, slope);
    if (!found) {
      return;
    }
    tails.replace(activation::derivative, e, slope);
    // Other values have reached their limits there, to float32.
    if (Tails.ofValue(activation.kind(), e).exist()) {
      tails.replace(activation::value, e, value);
    }
  }

  private static <V> void middle(Activation activation, Elements<V> e, V x, V value, V slope) {
    switch (activation.kind()) {
      case TANH -> e.tanhs(x, value, slope);
      case GELU -> gelu(e, x, value, slope);
      case SILU -> silu(e, x, value, slope);
      case MISH -> mish(e, x, value, slope);
      case SIGMOID -> sigmoid(e, x, value, slope);
      case ELU -> elu(e, 1, 1, x, value, slope);
      case SELU ->
          elu(e, ActivationFormulas.SELU_LAMBDA, ActivationFormulas.SELU_ALPHA, x, value, slope);
      default -> {
        ActivationFormulas.derivative(activation, e, x, slope);
        ActivationFormulas.value(activation, e, x, value);
      }
    }
  }

  private static <V> void gelu(Elements<V> e, V x, V value, V slope) {
    V s = e.scratch(0);
    V t = e.scratch(1);
    V u = e.scratch(2);
    ActivationFormulas.normalExponential(e, x, t, u);
    ActivationFormulas.timesNormalDensity(e, u, t, u);
    ActivationFormulas.normalCdf(e, x, t, s);
    e.add(s, u, slope);
    e.clamp(-ActivationFormulas.NORMAL_LIMIT, x, INF, t);
    e.multiply(s, t, value);
  }

  /** x σ and σ (1 + x (1 − σ)). */
  private static <V> void silu(Elements<V> e, V x, V value, V slope) {
    V n = e.scratch(1);
    V sigma = e.scratch(2);
    V s = e.scratch(0);
    logistic(e, x, n, sigma);
    e.clamp(-EXP_LIMIT, x, EXP_LIMIT, s);
    e.multiply(n, s, n);
    e.multiply(n, sigma, n);
    e.affine(1, n, 1, n);
    e.multiply(n, sigma, slope);
    e.clamp(-EXP_LIMIT, x, INF, s);
    e.multiply(s, sigma, value);
  }

  private static <V> void sigmoid(Elements<V> e, V x, V value, V slope) {
    V n = e.scratch(1);
    V sigma = e.scratch(2);
    logistic(e, x, n, sigma);
    e.multiply(n, sigma, n);
    e.multiply(n, sigma, slope);
    e.affine(1, sigma, 0, value);
  }

  /** n = exp(−x) and σ = 1 / (1 + n). */
  private static <V> void logistic(Elements<V> e, V x, V n, V sigma) {
    V s = e.scratch(0);
    e.clamp(-EXP_LIMIT, x, EXP_LIMIT, s);
    e.affine(-1, s, 0, s);
    e.exp(s, n);
    e.affine(1, n, 1, sigma);
    e.reciprocal(sigma, sigma);
  }

  /** x w / (w + 2) and w / (w + 2) + 4 x n (1 + n) / (w + 2)², n = exp(x), w = n (n + 2). */
  private static <V> void mish(Elements<V> e, V x, V value, V slope) {
    V s = e.scratch(0);
    V n = e.scratch(1);
    V w = e.scratch(2);
    e.clamp(-EXP_LIMIT, x, ActivationFormulas.MISH_LIMIT, s);
    e.exp(s, n);
    e.affine(1, n, 2, w);
    e.multiply(n, w, w);
    // x n (1 + n), before s becomes 1 / (w + 2).
    e.multiply(s, n, slope);
    e.affine(1, n, 1, n);
    e.multiply(slope, n, slope);
    e.affine(1, w, 2, s);
    e.reciprocal(s, s);
    e.multiply(w, s, w);
    e.multiply(slope, s, slope);
    e.multiply(slope, s, slope);
    e.affine(4, slope, 0, slope);
    e.add(slope, w, slope);
    e.clamp(-EXP_LIMIT, x, INF, s);
    e.multiply(s, w, value);
  }

  /** λ max(x, 0) + λα expm1(min(x, 0)). */
  private static <V> void elu(Elements<V> e, double lambda, double alpha, V x, V value, V slope) {
    V s = e.scratch(0);
    V n = e.scratch(1);
    V less = e.scratch(2);
    e.clamp(-EXPM1_LIMIT, x, 0, s);
    e.exps(s, n, less);
    // n is 1 where x > 0, and the slope is λ there.
    e.step(x, s);
    e.affine((float) (lambda * (1 - alpha)), s, 0, s);
    e.affine((float) (lambda * alpha), n, 0, n);
    e.add(s, n, slope);
    e.affine((float) (lambda * alpha), less, 0, less);
    e.clamp(0, x, INF, n);
    e.affine((float) lambda, n, 0, n);
    e.add(less, n, value);
  }
}
