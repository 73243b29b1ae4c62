package org.phasemap.kernel;

import org.phasemap.kernel.formula.Elements;

/**
 * Standard normal numbers within ±2, from uniform ones by the inverse of their distribution.
 * Drawing until a number fits would take random numbers whose count is not known before.
 */
public final class TruncatedNormal {
  /** erf √2, the share of all normal numbers. */
  private static final float INSIDE = 0.9544997f;

  /** √2 erf⁻¹(x)/x is a rational function of this less x². */
  private static final float CENTRE = 0.9f;

  /** Least squares of the relative error, 7e-8 at most. */
  private static final float[] NUMERATOR = {
    5.6694856f, 64.15244f, 82.07805f, 25.512882f, 2.0542388f
  };

  private static final float[] DENOMINATOR = {13.213733f, 62.716564f, 55.781925f, 14.127897f, 1};

  private TruncatedNormal() {}

  /**
   * Absolute error 2e-6.
   *
   * @param out may be {@code uniforms}
   */
  public static <V> void of(Elements<V> e, V uniforms, V out) {
    V t = e.scratch(0);
    V numerator = e.scratch(1);
    V denominator = e.scratch(2);
    e.affine(2 * INSIDE, uniforms, -INSIDE, out);
    e.multiply(out, out, t);
    e.affine(-1, t, CENTRE, t);
    polynomial(e, NUMERATOR, t, numerator);
    polynomial(e, DENOMINATOR, t, denominator);
    e.divide(numerator, denominator, numerator);
    e.multiply(out, numerator, out);
  }

  /** The highest power's coefficient comes first. */
  private static <V> void polynomial(Elements<V> e, float[] coefficients, V t, V out) {
    e.affine(coefficients[0], t, coefficients[1], out);
    for (int i = 2; i < coefficients.length; i++) {
      e.multiply(out, t, out);
      e.affine(1, out, coefficients[i], out);
    }
  }
}
