package org.phasemap.theory.gauss;

import java.util.function.DoubleUnaryOperator;

/** Roots of functions of one variable. */
public final class Roots {
  private static final int MAX_STEPS = 200;

  private Roots() {}

  /**
   * The root between two points where f has opposite signs, to the last bits of a double (Brent
   * 1973, ch. 4).
   */
  public static double brent(DoubleUnaryOperator f, double from, double to) {
    double a = from;
    double b = to;
    double fa = f.applyAsDouble(a);
    double fb = f.applyAsDouble(b);
    if (fa == 0) {
      return a;
    }
    if (fb != 0 && (fa > 0) == (fb > 0)) {
      throw new IllegalArgumentException("no change of sign between " + from + " and " + to);
    }
    double c = a;
    double fc = fa;
    double step = b - a;
    double before = step;
    for (int i = 0; i < MAX_STEPS && fb != 0; i++) {
      if (fb > 0 == fc > 0) {
        c = a;
        fc = fa;
        step = b - a;
        before = step;
      }
      if (Math.abs(fc) < Math.abs(fb)) {
        a = b;
        b = c;
        c = a;
        fa = fb;
        fb = fc;
        fc = fa;
      }
      double tolerance = 2 * Math.ulp(b);
      double half = 0.5 * (c - b);
      if (Math.abs(half) <= tolerance) {
        return b;
      }
      if (Math.abs(before) >= tolerance && Math.abs(fa) > Math.abs(fb)) {
        double s = fb / fa;
        double p;
        double q;
        if (a == c) {
          p = 2 * half * s;
          q = 1 - s;
        } else {
          double t = fa / fc;
          double r = fb / fc;
          p = s * (2 * half * t * (t - r) - (b - a) * (r - 1));
          q = (t - 1) * (r - 1) * (s - 1);
        }
        q = p > 0 ? -q : q;
        p = Math.abs(p);
        boolean accept =
            2 * p < Math.min(3 * half * q - Math.abs(tolerance * q), Math.abs(before * q));
        before = accept ? step : half;
        step = accept ? p / q : half;
      } else {
        before = half;
        step = half;
      }
      a = b;
      fa = fb;
      b += Math.abs(step) > tolerance ? step : Math.copySign(tolerance, half);
      fb = f.applyAsDouble(b);
    }
    return b;
  }
}
