package org.phasemap.theory;

/**
 * A scalar's law over random networks to first order in 1/n.
 *
 * @param limit its value at infinite width
 * @param shift n times its mean's distance from that
 * @param variance n times its variance
 */
record FirstOrder(double limit, double shift, double variance) {
  Band band(int width, boolean reliable) {
    return new Band(limit + shift / width, deviation(width), reliable);
  }

  double deviation(int width) {
    return Math.sqrt(Math.max(0, variance) / width);
  }
}
