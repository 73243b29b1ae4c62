package org.phasemap.theory.gauss;

import java.util.stream.IntStream;

/**
 * The double exponential rule on [−1, 1] (Takahasi and Mori 1974): x = tanh(½π sinh t). Exact to
 * 1e-13 for functions that are analytic inside, roots at the ends included.
 */
public final class DoubleExponential {
  private static final double STEP = 0.1;
  private static final int HALF = 31;

  public final double[] node;
  public final double[] weight;

  public DoubleExponential() {
    node = new double[2 * HALF + 1];
    weight = new double[2 * HALF + 1];
    IntStream.rangeClosed(-HALF, HALF)
        .forEach(
            k -> {
              double t = k * STEP;
              double inner = 0.5 * Math.PI * Math.sinh(t);
              double cosh = Math.cosh(inner);
              node[k + HALF] = Math.tanh(inner);
              weight[k + HALF] = STEP * 0.5 * Math.PI * Math.cosh(t) / (cosh * cosh);
            });
  }
}
