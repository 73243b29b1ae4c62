package org.phasemap.kernel.formula;

import java.util.function.DoubleUnaryOperator;

/**
 * The elementwise operations that a backend offers to {@link ActivationFormulas}. NaN stays NaN in
 * all of them. An output may be one of the inputs.
 */
public interface Elements<V> {
  /** exp(2x) is in range up to here, where 1 − tanh² falls below {@link #TANH_SLOPE_END}. */
  float TANH_SLOPE_LIMIT = 43;

  /** {@link #tanhs} subtracts this from slopes; at |x| = 37 it is 1e-5 of them. */
  float TANH_SLOPE_END = 2e-37f;

  /** Scratch of the current shape; 0, 1 and 2 differ. */
  V scratch(int number);

  void exp(V x, V out);

  /** For x ≤ 0. */
  void expm1(V x, V out);

  /** exp(x) and expm1(x), for |x| ≤ 87. The three differ. */
  void exps(V x, V exp, V expm1);

  /** For x from 0 to 1. */
  void log1p(V x, V out);

  /** From here on {@link #log1p} keeps the digits of its result. */
  default float smallestLog1p() {
    return 0;
  }

  void tanh(V x, V out);

  /**
   * tanh(x) = (1 − n) / (1 + n) and 1 − tanh²(x) = 4 n / (1 + n)², n = exp(−2x): no digits are lost
   * near 0 nor far from it. {@code value} may be {@code x}.
   */
  default void tanhs(V x, V value, V slope) {
    V s = scratch(0);
    V n = scratch(1);
    V less = scratch(2);
    clamp(-TANH_SLOPE_LIMIT, x, TANH_SLOPE_LIMIT, s);
    affine(-2, s, 0, s);
    exps(s, n, less);
    affine(1, less, 2, s);
    reciprocal(s, s);
    multiply(n, s, n);
    multiply(n, s, n);
    affine(4, n, -TANH_SLOPE_END, n);
    clamp(0, n, Float.POSITIVE_INFINITY, slope);
    multiply(less, s, s);
    affine(-1, s, 0, value);
  }

  void erf(V x, V out);

  /** Φ(−|x|) exp(x²/2), from ½ down as 1/(|x| √2π); relative error 4e-7 up to |x| = 20. */
  void normalTail(V x, V out);

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

  /**
   * Finds the entries of x outside of an interval around 0, NaN not among them; whether there are
   * any.
   *
   * @param far magnitude beyond which they are limits
   */
  boolean find(float low, V x, float high, float far);

  /**
   * Where {@link #find} has found entries, sets {@code out} to f of them, rounded.
   *
   * @param below f of those that are far below 0
   * @param above f of those that are far above 0
   */
  void replace(DoubleUnaryOperator f, float below, float above, V out);

  /** Sets weights to 0 where uniforms are not below p. */
  default void keepBelow(float p, V uniforms, V weights) {
    V mask = scratch(0);
    affine(-1, uniforms, p, mask);
    step(mask, mask);
    multiply(mask, weights, weights);
  }
}
