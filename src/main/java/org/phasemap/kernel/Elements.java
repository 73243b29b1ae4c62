package org.phasemap.kernel;

/**
 * The elementwise operations that a backend offers to {@link ActivationFormulas}. NaN stays NaN in
 * all of them. An output may be one of the inputs.
 */
interface Elements<V> {
  /** Scratch of the current shape; 0, 1 and 2 differ. */
  V scratch(int number);

  void exp(V x, V out);

  /** For x ≤ 0. */
  void expm1(V x, V out);

  /** For x from 0 to 1. */
  void log1p(V x, V out);

  void tanh(V x, V out);

  void erf(V x, V out);

  void atan(V x, V out);

  void sin(V x, V out);

  void cos(V x, V out);

  void abs(V x, V out);

  /** 1 where x &gt; 0, else 0. */
  void step(V x, V out);

  /** max(low, min(x, high)). */
  void clamp(float low, V x, float high, V out);

  /** scale x + shift. */
  void affine(float scale, V x, float shift, V out);

  void add(V x, V y, V out);

  void multiply(V x, V y, V out);

  void divide(V x, V y, V out);

  /** 1 / x. */
  void reciprocal(V x, V out);

  /** Sets weights to 0 where uniforms are not below p. */
  default void keepBelow(float p, V uniforms, V weights) {
    V mask = scratch(0);
    affine(-1, uniforms, p, mask);
    step(mask, mask);
    multiply(mask, weights, weights);
  }
}
