package org.phasemap.theory;

import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;

/**
 * ψ = φ − g and ψ′ on a grid of step 1/32, g the {@link SmoothStep} that φ tends to: nothing is
 * left of ψ beyond the grid's ends.
 */
final class LocalDifference {
  /** Grid points per unit. */
  static final int PER_UNIT = 32;

  private static final double DIGITS = 46;

  /** One for each activation that {@link #reference} knows, made on first use. */
  private static final @Nullable LocalDifference[] ALL =
      new LocalDifference[Activation.Kind.values().length];

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

  /** That of an activation that {@link #exists}. */
  static LocalDifference of(Activation f) {
    synchronized (ALL) {
      LocalDifference known = ALL[f.kind().ordinal()];
      if (known == null) {
        // tanh is 1 − 2e⁻²ˣ far out, the others differ from max(x, 0) by x e⁻ˣ at most.
        known =
            f.kind() == Activation.Kind.TANH
                ? new LocalDifference(f, SmoothStep.SIGN, 20)
                : new LocalDifference(f, SmoothStep.RECTIFIER, 42);
        ALL[f.kind().ordinal()] = known;
      }
      return known;
    }
  }
}
