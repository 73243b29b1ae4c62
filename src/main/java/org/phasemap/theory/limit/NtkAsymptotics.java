package org.phasemap.theory.limit;

import org.phasemap.network.Activation;

/**
 * What deep neural tangent kernels tend to, by phase (Xiao, Pennington and Schoenholz 2020, table 1
 * and §4), in NTK parameterisation.
 */
public final class NtkAsymptotics {
  private NtkAsymptotics() {}

  /** Ordered phase: every entry tends to p* = q* ∕ (1 − χ₁). */
  public static double orderedLimit(PhasePoint p) {
    return p.qStar() / (1 - p.chi1());
  }

  /** Chaotic phase: off-diagonal entries tend to q*c* ∕ (1 − χ_{c*}). */
  public static double chaoticOffDiagonal(PhasePoint p) {
    return p.qStar() * p.cStar() / (1 - p.chiCStar());
  }

  /**
   * Growth per layer of the largest and the bulk eigenvalues: χ₁ in the chaotic phase, where the
   * diagonal wins. In the ordered phase the bulk falls by χ₁ a layer and the largest settles.
   */
  public static double eigenvalueGrowth(PhasePoint p) {
    return p.chi1();
  }

  /**
   * Limit of Θ(x, x′)/Θ(x, x) on the edge of chaos: E φ′φ′ = 1 − k/l gives 1/(1 + k), k = 2 for a
   * smooth φ and k = 3 where φ′ jumps; 1 for a linear φ.
   */
  public static double criticalOffRatio(Activation activation) {
    if (activation.homogeneousSlope() == 1) {
      return 1;
    }
    return EocAsymptotics.derivativeJumps(activation) ? 0.25 : 1.0 / 3;
  }

  /**
   * Condition number of m inputs on the edge of chaos: (m + 2)/2 for a smooth φ, (m + 3)/3 where φ′
   * jumps.
   */
  public static double criticalConditionNumber(Activation activation, int inputs) {
    double r = criticalOffRatio(activation);
    return (1 + (inputs - 1) * r) / (1 - r);
  }
}
