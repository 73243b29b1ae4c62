package org.phasemap.kernel;

import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Activation;

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
  private static final float END = 110;

  private static final Tails NONE = new Tails(-INF, INF, INF);

  /** Φ(x) is subnormal in float32 below −13. */
  private static final Tails GELU = new Tails(-13, INF, 15);

  /** exp(−x) overflows below −88.72. */
  private static final Tails RECIPROCAL = new Tails(-88.72f, INF, END);

  /** Where {@link ActivationPairs} clamps. */
  private static final Tails LOGISTIC = new Tails(-80, INF, END);

  /** exp(x) is subnormal below −87.3. */
  private static final Tails EXPONENTIAL = new Tails(-87, INF, END);

  /** Of {@link ActivationFormulas#value}. */
  static Tails ofValue(Activation.Kind kind, Elements<?> e) {
    return switch (kind) {
      // log1p(exp(x))
      case SOFTPLUS -> new Tails((float) Math.log(e.smallestLog1p()), INF, END);
      case GELU -> GELU;
      case SILU, SIGMOID -> RECIPROCAL;
      case MISH -> EXPONENTIAL;
      default -> NONE;
    };
  }

  /** Of {@link ActivationFormulas#derivative}. */
  static Tails ofDerivative(Activation.Kind kind) {
    return switch (kind) {
      case GELU -> GELU;
      case SILU, SOFTPLUS -> RECIPROCAL;
      case MISH, SELU -> EXPONENTIAL;
      // 4 exp(−2|x|)
      case TANH -> new Tails(-43.5f, 43.5f, END);
      default -> NONE;
    };
  }

  /** Of slopes that {@link ActivationPairs} computes itself, and of values that have any. */
  static Tails ofBoth(Activation.Kind kind) {
    return switch (kind) {
      case GELU -> GELU;
      case SILU, MISH -> LOGISTIC;
      case SIGMOID -> new Tails(-80, 80, END);
      case ELU, SELU -> EXPONENTIAL;
      // Beyond, TANH_SLOPE_END is more than 1e-5 of the slope.
      case TANH -> new Tails(-37, 37, END);
      default -> NONE;
    };
  }

  /** Whether there are any. */
  boolean exist() {
    return low > -INF || high < INF;
  }

  /** Finds the entries beyond, before {@code x} may be overwritten; whether there are any. */
  <V> boolean find(Elements<V> e, V x) {
    return exist() && e.find(low, x, high);
  }

  /** Writes f of what {@link #find} has found. */
  <V> void replace(DoubleUnaryOperator f, Elements<V> e, V out) {
    double below = f.applyAsDouble(-FAR);
    double above = f.applyAsDouble(FAR);
    e.replace(x -> x < -far ? below : x > far ? above : f.applyAsDouble(x), out);
  }
}
