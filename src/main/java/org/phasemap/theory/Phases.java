package org.phasemap.theory;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.Phase;

/** The phase diagram's verdict on a law. */
public final class Phases {
  /** χ₁ within this of 1 is critical: a σ_w² given to 6 digits. */
  private static final double MARGIN = 1e-6;

  private static final double HALF_STABLE_MARGIN = 1e-4;

  private Phases() {}

  /**
   * The phase of the fixed point that q = 1 flows to. Homogeneous functions have no scale: their χ₁
   * = σ_w²(1 + a²)/2 alone decides. A law with χ₁ = 1 at a repelling q* is {@link
   * Phase#UNSTABLE_EOC} wherever its signals then run to (REFERENCE A1, A3; Roberts, Yaida and
   * Hanin 2022, §5.3).
   */
  public static Phase of(LayerLaw law) {
    if (law.activation().isHomogeneous()) {
      return bySlope(LayerStatistics.of(law, 1).chi1());
    }
    if (concave(law.activation())) {
      return byAttractor(law);
    }
    List<FixedPoint> all = FixedPoints.all(law);
    if (all.stream().anyMatch(Phases::isHalfStable)) {
      return Phase.CRITICAL;
    }
    if (all.stream().anyMatch(p -> !p.stable() && Math.abs(p.chi1() - 1) <= MARGIN)) {
      return Phase.UNSTABLE_EOC;
    }
    return byAttractor(law);
  }

  private static Phase byAttractor(LayerLaw law) {
    Optional<FixedPoint> attractor = FixedPoints.attractor(law, 1);
    return attractor.map(p -> bySlope(p.chi1())).orElse(Phase.NO_FIXED_POINT);
  }

  /** Whether φφ″ ≤ 0 everywhere, so that χ_q ≤ χ₁ and no edge of chaos is unstable. */
  private static boolean concave(Activation activation) {
    return switch (activation.kind()) {
      case TANH, ERF, SIN, HARD_TANH, SOFTSIGN, ARCTAN, ELU, SELU -> true;
      default -> false;
    };
  }

  /**
   * Both slopes 1 at q* &gt; 0, where a variance of 8 digits leaves 4 of q*. Half-stable points
   * repel on one side; Roberts, Yaida and Hanin call them critical.
   */
  private static boolean isHalfStable(FixedPoint p) {
    return p.q() > 0
        && Math.abs(p.chiQ() - 1) <= HALF_STABLE_MARGIN
        && Math.abs(p.chi1() - 1) <= 10 * HALF_STABLE_MARGIN;
  }

  private static Phase bySlope(double chi1) {
    if (Math.abs(chi1 - 1) <= MARGIN) {
      return Phase.CRITICAL;
    }
    return chi1 < 1 ? Phase.ORDERED : Phase.CHAOTIC;
  }
}
