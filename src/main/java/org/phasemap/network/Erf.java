package org.phasemap.network;

/**
 * Error function and relatives in double precision, relative error below 1e-15 times a few: the
 * rational minimax approximations of Cody 1969, "Rational Chebyshev approximations for the error
 * function", tables II–IV.
 */
public final class Erf {
  private static final double SMALL = 0.46875;
  private static final double LARGE = 4;
  private static final double INV_SQRT_PI = 1 / Math.sqrt(Math.PI);
  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

  /** erf(x)/x in x², for |x| ≤ 0.46875; highest power first, as all tables here. */
  private static final double[] ERF_P = {
    0.18577770618460315,
    3.1611237438705655,
    113.86415415105016,
    377.485237685302,
    3209.3775891384694
  };

  private static final double[] ERF_Q = {
    1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171
  };

  /** exp(x²) erfc(x) in x, for 0.46875 ≤ x ≤ 4. */
  private static final double[] MIDDLE_P = {
    2.1531153547440383e-08,
    0.5641884969886701,
    8.883149794388377,
    66.11919063714163,
    298.6351381974001,
    881.952221241769,
    1712.0476126340707,
    2051.0783778260716,
    1230.3393547979972
  };

  private static final double[] MIDDLE_Q = {
    1,
    15.744926110709835,
    117.6939508913125,
    537.1811018620099,
    1621.3895745666903,
    3290.7992357334597,
    4362.619090143247,
    3439.3676741437216,
    1230.3393548037495
  };

  /** (1/√π − x exp(x²) erfc(x)) x² in 1/x², for x ≥ 4. */
  private static final double[] TAIL_P = {
    0.016315387137302097,
    0.30532663496123236,
    0.36034489994980445,
    0.12578172611122926,
    0.016083785148742275,
    0.0006587491615298378
  };

  private static final double[] TAIL_Q = {
    1,
    2.568520192289822,
    1.8729528499234673,
    0.5279051029514285,
    0.06051834131244132,
    0.0023352049762686918
  };

  private Erf() {}

  /** (2/√π) ∫₀ˣ exp(−t²) dt. */
  public static double erf(double x) {
    double a = Math.abs(x);
    if (a <= SMALL) {
      return x * ratio(ERF_P, ERF_Q, x * x);
    }
    return Math.copySign(1 - expOfMinusSquare(a) * scaledTail(a), x);
  }

  /** 1 − erf(x), accurate in the right tail. */
  public static double erfc(double x) {
    if (Math.abs(x) <= SMALL) {
      return 1 - erf(x);
    }
    double tail = expOfMinusSquare(Math.abs(x)) * scaledTail(Math.abs(x));
    return x > 0 ? tail : 2 - tail;
  }

  /** exp(x²) erfc(x), which neither overflows nor underflows for large positive x. */
  public static double erfcx(double x) {
    return x < SMALL ? Math.exp(x * x) * erfc(x) : scaledTail(x);
  }

  /** Density of the standard normal law. */
  public static double normalDensity(double x) {
    return INV_SQRT_2PI * Math.exp(-0.5 * x * x);
  }

  /** Distribution function of the standard normal law, accurate in the left tail. */
  public static double normalCdf(double x) {
    return 0.5 * erfc(-x * SQRT_HALF);
  }

  /** exp(x²) erfc(x) for x ≥ 0.46875. */
  private static double scaledTail(double x) {
    if (x <= LARGE) {
      return ratio(MIDDLE_P, MIDDLE_Q, x);
    }
    double inverse = 1 / (x * x);
    return (INV_SQRT_PI - inverse * ratio(TAIL_P, TAIL_Q, inverse)) / x;
  }

  /** exp(−x²) with the square split in two, because exp magnifies its rounding. */
  private static double expOfMinusSquare(double x) {
    double head = Math.floor(16 * x) / 16;
    double tail = (x - head) * (x + head);
    return x > 30 ? 0 : Math.exp(-head * head) * Math.exp(-tail);
  }

  private static double ratio(double[] p, double[] q, double x) {
    double above = p[0];
    double below = q[0];
    for (int i = 1; i < p.length; i++) {
      above = above * x + p[i];
      below = below * x + q[i];
    }
    return above / below;
  }
}
