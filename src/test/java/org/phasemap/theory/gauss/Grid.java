package org.phasemap.theory.gauss;

import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Erf;

/** Plain sums over fine grids: slow, simple, and independent of the code under test. */
public final class Grid {
  private static final double REACH = 8.5;

  private Grid() {}

  /** E f(√q Z). */
  public static double expect(double q, DoubleUnaryOperator f) {
    int n = 400_000;
    double step = 2 * REACH / n;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double z = -REACH + (i + 0.5) * step;
      sum += step * Erf.normalDensity(z) * f.applyAsDouble(Math.sqrt(q) * z);
    }
    return sum;
  }

  /** E f(u)f(v) at variance q and correlation c. */
  public static double pairs(double q, double c, DoubleUnaryOperator f) {
    int n = 3000;
    double step = 2 * REACH / n;
    double s = Math.sqrt(q);
    double t = Math.sqrt(1 - c * c);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double x = -REACH + (i + 0.5) * step;
      double inner = 0;
      for (int j = 0; j < n; j++) {
        double y = -REACH + (j + 0.5) * step;
        inner += step * Erf.normalDensity(y) * f.applyAsDouble(s * (c * x + t * y));
      }
      sum += step * Erf.normalDensity(x) * f.applyAsDouble(s * x) * inner;
    }
    return sum;
  }
}
