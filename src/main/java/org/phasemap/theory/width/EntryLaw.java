package org.phasemap.theory.width;

/**
 * How far the weights into a unit are from normal ones.
 *
 * @param kurtosis excess kurtosis of an entry, masks included; 0 for normal and orthogonal weights
 * @param width n; matters only where the kurtosis is not 0
 */
record EntryLaw(double kurtosis, int width) {
  static final EntryLaw NORMAL = new EntryLaw(0, 1);

  boolean isNormal() {
    return kurtosis == 0;
  }

  /** The excess kurtosis of a unit's pre-activation, but for how unevenly the signals lie. */
  double perUnit() {
    return kurtosis / width;
  }

  /** n Var of a squared weight over its squared mean: 2 for normal weights. */
  double tilt() {
    return 2 + kurtosis;
  }
}
