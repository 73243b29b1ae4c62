package org.phasemap.quantity;

/** How a map shows a quantity. */
public enum Look {
  /** Maps do not offer it. */
  NONE,
  /** A logarithm of a growth: diverging colours about 0, on fixed steps. */
  GAIN,
  /** Diverging colours about 0, as far as the values go. */
  CENTRED,
  /** From 0 to 1. */
  SHARE,
  /** From the least to the largest value. */
  PLAIN
}
