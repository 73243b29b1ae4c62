package org.phasemap.kernel.formula;

import java.util.function.DoubleUnaryOperator;

/**
 * Arguments for which a float32 formula keeps its digits. Beyond, exp and its reciprocal leave the
 * range of float32 before the result does: there φ and φ′ are computed in float64, entry by entry,
 * and rounded, so that they are 0 only where float32 has nothing smaller. That is slow. It starts
 * at −13 for GELU, at magnitudes of 37 to 88 for the others, and at −5.5 for softplus on ND4J.
 *
 * @param low smallest argument
 * @param high largest argument
 * @param far magnitude beyond which φ and φ′ are their limits in float32
 */
record Tails(float low, float high, float far) {
  private static final float INF = Float.POSITIVE_INFINITY;

  /** Here every φ with tails has reached its limit, and float64 stays finite. */
  private static final double FAR = Float.MAX_VALUE;

  /** x exp(−|x|) is 0 in float32 beyond 109. */
  static final float END = 110;

  static final Tails NONE = new Tails(-INF, INF, INF);

  /** exp(−x) overflows below −88.72. */
  static final Tails RECIPROCAL = new Tails(-88.72f, INF, END);

  /** Where pairs clamp. */
  static final Tails CLAMPED = new Tails(-Exponential.PAIR_LIMIT, INF, END);

  /** exp(x) is subnormal below −87.3. */
  static final Tails EXPONENTIAL = new Tails(-87, INF, END);

  /** Whether there are any. */
  boolean exist() {
    return low > -INF || high < INF;
  }

  /** Finds the entries beyond, before {@code x} may be overwritten; whether there are any. */
  <V> boolean find(Elements<V> e, V x) {
    return exist() && e.find(low, x, high, far);
  }

  /** Writes f of what {@link #find} has found. */
  <V> void replace(DoubleUnaryOperator f, Elements<V> e, V out) {
    float below = (float) f.applyAsDouble(-FAR);
    float above = (float) f.applyAsDouble(FAR);
    e.replace(f, below, above, out);
  }
}
