package org.phasemap.theory.dual;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;

/**
 * ψ = φ − g and ψ′ on a grid of step 1/32, g the {@link SmoothStep} that φ tends to: nothing is
 * left of ψ beyond the grid's ends.
 */
final class LocalDifference {
  /** Grid points per unit. */
  static final int PER_UNIT = 32;

  private static final double DIGITS = 46;

  private static final Map<Activation, Function<Activation, LocalDifference>> TABULATED =
      Map.of(
          Activations.TANH, LocalDifference::fromSign,
          Activations.SILU, LocalDifference::fromRectifier,
          Activations.SOFTPLUS, LocalDifference::fromRectifier,
          Activations.MISH, LocalDifference::fromRectifier);

  /** Made on first use. */
  private static final Map<Activation, LocalDifference> ALL = new ConcurrentHashMap<>();

  final SmoothStep step;

  /** Grid points on either side of 0. */
  final int reach;

  /**
   * Every how many grid points the trapezoidal rule has all digits: φ is analytic in |Im x| &lt; a,
   * which leaves exp(−2πa/h), and more where φ′² has poles of fourth order.
   */
  final int stride;

  /** ψ, at index reach + 32 x. */
  final double[] value;

  /** ψ′. */
  final double[] slope;

  private LocalDifference(Activation f, SmoothStep step, int length) {
    this.step = step;
    reach = length * PER_UNIT;
    stride = (int) (2 * Math.PI * f.halfStrip() / DIGITS * PER_UNIT);
    value = new double[2 * reach + 1];
    slope = new double[2 * reach + 1];
    for (int i = -reach; i <= reach; i++) {
      double x = (double) i / PER_UNIT;
      value[reach + i] = f.value(x) - step.value(x);
      slope[reach + i] = f.derivative(x) - step.slope(x);
    }
  }

  static boolean exists(Activation f) {
    return TABULATED.containsKey(f);
  }

  /** That of an activation for which it {@link #exists}. */
  static LocalDifference of(Activation f) {
    return ALL.computeIfAbsent(f, any -> Objects.requireNonNull(TABULATED.get(any)).apply(any));
  }

  /** Which differs from max(x, 0) by x e⁻ˣ at most. */
  private static LocalDifference fromRectifier(Activation f) {
    return new LocalDifference(f, SmoothStep.RECTIFIER, 42);
  }

  /** Which is 1 − 2e⁻²ˣ far out. */
  private static LocalDifference fromSign(Activation f) {
    return new LocalDifference(f, SmoothStep.SIGN, 20);
  }
}
