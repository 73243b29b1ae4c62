package org.phasemap.theory.width;

/**
 * A scalar's law over random networks to first order in 1/n.
 *
 * @param limit its value at infinite width
 * @param shift n times its mean's distance from that
 * @param variance n times its variance
 */
record FirstOrder(double limit, double shift, double variance) {
  /** Terms of order 1 leave some 1e-15 a layer; this is 1e-7 of spread at 100 units. */
  private static final double CANCELLED = 1e-12;

  /** This and a number that does not depend on the width. */
  FirstOrder plus(double constant) {
    return new FirstOrder(limit + constant, shift, variance);
  }

  /**
   * This less another scalar.
   *
   * @param covariance n times theirs
   */
  FirstOrder minus(FirstOrder other, double covariance) {
    return new FirstOrder(
        limit - other.limit, shift - other.shift, variance + other.variance - 2 * covariance);
  }

  /**
   * Of a logarithm or a cosine. Where weights leave it no choice, as orthogonal ones leave the
   * gradients of |z|, terms of order 1 cancel in its variance, and what rounding leaves of them is
   * no spread.
   */
  Band band(int width, boolean reliable) {
    FirstOrder settled = variance < CANCELLED ? new FirstOrder(limit, shift, 0) : this;
    return settled.bandOfAnySize(width, reliable);
  }

  /** Of a number that may be as small as the signals are. */
  Band bandOfAnySize(int width, boolean reliable) {
    return new Band(limit + shift / width, deviation(width), reliable);
  }

  double deviation(int width) {
    return Math.sqrt(Math.max(0, variance) / width);
  }
}
