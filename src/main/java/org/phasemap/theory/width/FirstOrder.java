package org.phasemap.theory.width;

/**
 * A scalar's law over random networks to first order in 1/n.
 *
 * @param limit its value at infinite width
 * @param shift n times its mean's distance from that
 * @param variance n times its variance
 */
record FirstOrder(double limit, double shift, double variance) {
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

  Band band(int width, boolean reliable) {
    return new Band(limit + shift / width, deviation(width), reliable);
  }

  double deviation(int width) {
    return Math.sqrt(Math.max(0, variance) / width);
  }
}
