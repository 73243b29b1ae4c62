package org.phasemap.kernel.formula;

import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Activation;

/** Any activation by its own formulas: float64, entry by entry, rounded to float32. */
record FloatFormula(Activation activation) implements Formula {
  @Override
  public <V> void value(Elements<V> e, V x, V out) {
    map(activation::value, e, x, out);
  }

  @Override
  public <V> void derivative(Elements<V> e, V x, V out) {
    map(activation::derivative, e, x, out);
  }

  /** Every number lies outside of an empty interval. NaN stays. */
  private static <V> void map(DoubleUnaryOperator f, Elements<V> e, V x, V out) {
    boolean found = e.find(INF, x, -INF, INF);
    e.affine(1, x, 0, out);
    if (found) {
      e.replace(number -> finite(f, number), Float.NaN, Float.NaN, out);
    }
  }

  /** f, or its limit where it meets infinity as 0 · Inf. */
  private static double finite(DoubleUnaryOperator f, double x) {
    double y = f.applyAsDouble(x);
    return Double.isNaN(y) && Double.isInfinite(x)
        ? f.applyAsDouble(Math.copySign(Float.MAX_VALUE, x))
        : y;
  }
}
