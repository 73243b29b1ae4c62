package org.phasemap.predict;

import java.util.Arrays;

/** What float64 leaves of logarithms and cosines that are 0. */
final class Rounding {
  /** Gaussian moments have errors of this size: the logarithm of what is 1 within them is 0. */
  private static final double LEAST = 1e-13;

  private Rounding() {}

  /** A logarithm or a cosine; 0 where rounding alone may have made it. */
  static double cleared(double value) {
    return Math.abs(value) < LEAST ? 0 : value;
  }

  /** Those of layers. */
  static double[] cleared(double[] values) {
    return Arrays.stream(values).map(Rounding::cleared).toArray();
  }
}
