package org.phasemap.kernel.formula;

/** Functions of exp(x) that formulas share. */
final class Exponential {
  /** exp(−x) overflows to Inf below −89, and x exp(−|x|) vanishes beyond. */
  static final float LIMIT = 110;

  /** exp and its reciprocal are far from the ends of float32's range. */
  static final float PAIR_LIMIT = 80;

  private Exponential() {}

  /** 1 + exp(−x), whose reciprocal is the logistic function. */
  static <V> void onePlusExpMinus(Elements<V> e, V x, V out) {
    e.affine(-1, x, 0, out);
    e.exp(out, out);
    e.affine(1, out, 1, out);
  }

  static <V> void expMinusAbs(Elements<V> e, float rate, V x, V out) {
    e.abs(x, out);
    e.affine(-rate, out, 0, out);
    e.exp(out, out);
  }

  /** x / (1 + x)². */
  static <V> void overSquareOfOnePlus(Elements<V> e, V x, V scratch, V out) {
    e.affine(1, x, 1, scratch);
    e.multiply(scratch, scratch, scratch);
    e.divide(x, scratch, out);
  }
}
