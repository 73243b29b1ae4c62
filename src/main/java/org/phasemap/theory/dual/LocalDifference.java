package org.phasemap.theory.dual;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.GaussianRule;

/**
 * ψ = φ − g and ψ′ on a grid of step 1/32, g the {@link SmoothStep} that φ tends to: nothing is
 * left of ψ beyond the grid's ends.
 */
final class LocalDifference {
  /** Grid points per unit. */
  static final int PER_UNIT = 32;

  private static final double DIGITS = 46;

  /** Those of the activations that {@link #exists} names, made on first use. */
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
    stride = (int) (2 * Math.PI * GaussianRule.halfStrip(f) / DIGITS * PER_UNIT);
    value = new double[2 * reach + 1];
    slope = new double[2 * reach + 1];
    for (int i = -reach; i <= reach; i++) {
      double x = (double) i / PER_UNIT;
      value[reach + i] = f.value(x) - step.value(x);
      slope[reach + i] = f.derivative(x) - step.slope(x);
    }
  }

  static boolean exists(Activation f) {
    return switch (f.kind()) {
      case TANH, SILU, SOFTPLUS, MISH -> true;
      default -> false;
    };
  }

  /** That of an activation for which it {@link #exists}. */
  static LocalDifference of(Activation f) {
    return ALL.computeIfAbsent(f, LocalDifference::tabulated);
  }

  /** tanh is 1 − 2e⁻²ˣ far out, the others differ from max(x, 0) by x e⁻ˣ at most. */
  private static LocalDifference tabulated(Activation f) {
    return f.kind() == Activation.Kind.TANH
        ? new LocalDifference(f, SmoothStep.SIGN, 20)
        : new LocalDifference(f, SmoothStep.RECTIFIER, 42);
  }
}
