package org.phasemap.theory.gauss;

import org.phasemap.network.Erf;

/** Mills' ratio m(t) = Φ(−t)/n(t) of the normal law. */
public final class MillsRatio {
  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double FAR = 3;

  /** Terms of the fraction that leave 1e-16 for all t beyond {@link #FAR}. */
  private static final int FEWEST = 14;

  private static final int MORE = 700;

  private MillsRatio() {}

  /** 1 − t m(t) for t ≥ 0; by its continued fraction where the difference would cancel. */
  public static double complement(double t) {
    if (t < FAR) {
      return 1 - t * Math.sqrt(Math.PI / 2) * Erf.erfcx(t * SQRT_HALF);
    }
    // m = 1/(t + 1/(t + 2/(t + …))).
    double fraction = 0;
    for (int k = (int) (FEWEST + MORE / (t * t)); k >= 2; k--) {
      fraction = k / (t + fraction);
    }
    double rest = 1 / (t + fraction);
    return rest / (t + rest);
  }
}
