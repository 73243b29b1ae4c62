package org.phasemap.theory.limit;

import org.phasemap.network.Erf;

/** The first bias-corrected step of Adam (Kingma and Ba 2015, algorithm 1), whatever β₁ and β₂. */
public final class AdamFirstStep {
  private static final double STEP = 0.1;
  private static final int NODES = 430;

  /** ln of the first node, where less than 1e-17 of the integral lies below. */
  private static final double FIRST = -40;

  /** |x| of a Gaussian x, and its probability. */
  private static final double[] SIZE = new double[NODES];

  private static final double[] WEIGHT = new double[NODES];

  static {
    for (int i = 0; i < NODES; i++) {
      SIZE[i] = Math.exp(FIRST + STEP * i);
      WEIGHT[i] = 2 * STEP * SIZE[i] * Erf.normalDensity(SIZE[i]);
    }
  }

  private AdamFirstStep() {}

  /** |update|/learning rate = |g|/(|g| + ε): 1 whatever the gradient, unless |g| ≲ ε. */
  public static double relativeUpdate(double gradient, double epsilon) {
    double size = Math.abs(gradient);
    return size == 0 ? 0 : size / (size + epsilon);
  }

  /**
   * Root mean square over a layer of |update|/learning rate, where the gradient's entries are
   * Gaussian: √E (|g|/(|g| + ε))², g ~ N(0, rms²). 1 where rms ≫ ε, rms/ε where rms ≪ ε. By the
   * trapezoidal rule in ln |g|, relative error 1e-13.
   *
   * @param rms root mean square of the entries
   */
  public static double rootMeanSquareUpdate(double rms, double epsilon) {
    if (rms == 0) {
      return 0;
    }
    double relative = epsilon / rms;
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
      // Over max(1, ε), which leaves no squares to underflow.
      double share = SIZE[i] / (SIZE[i] + relative) * Math.max(1, relative);
      sum += WEIGHT[i] * share * share;
    }
    return Math.sqrt(sum) / Math.max(1, relative);
  }

  /** Second moment v₁ = (1 − β₂)g² before bias correction. */
  public static double rawSecondMoment(double gradient, double beta2) {
    return (1 - beta2) * gradient * gradient;
  }
}
