package org.phasemap.theory.limit;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Phase;
import org.phasemap.theory.dual.OneSidedSlopes;

/** The phase diagram's verdict on a law. */
public final class Phases {
  /** χ₁ within this of 1 is critical: a σ_w² given to 6 digits. */
  private static final double MARGIN = 1e-6;

  private static final double HALF_STABLE_MARGIN = 1e-4;

  private Phases() {}

  /** A phase and the fixed points that it is about. */
  public static final class Verdict {
    private final LayerLaw law;
    private final Phase phase;
    private final Optional<FixedPoint> point;
    private final Optional<FixedPoint> attractor;

    /** Found when they are asked for. */
    private @Nullable List<FixedPoint> all;

    private Verdict(
        LayerLaw law, Phase phase, Optional<FixedPoint> point, Optional<FixedPoint> attractor) {
      this.law = law;
      this.phase = phase;
      this.point = point;
      this.attractor = attractor;
    }

    public Phase phase() {
      return phase;
    }

    /**
     * Which the verdict is about, not always the one that signals flow to; empty where the variance
     * diverges.
     */
    public Optional<FixedPoint> point() {
      return point;
    }

    /** Which signals flow to; empty where the variance diverges. */
    public Optional<FixedPoint> attractor() {
      return attractor;
    }

    /** All of the variance map's, as {@link FixedPoints#all} has them. */
    public List<FixedPoint> all() {
      List<FixedPoint> known = all;
      if (known == null) {
        known = FixedPoints.all(law);
        all = known;
      }
      return known;
    }
  }

  /** The phase of the fixed point that q = 1 flows to, with the exceptions of {@link #of}. */
  public static Phase of(LayerLaw law) {
    return of(law, 1).phase();
  }

  /**
   * The phase of the fixed point that signals of first variance q1 flow to. Homogeneous functions
   * have no scale: their χ₁ = σ_w²(1 + a²)/2 alone decides. Two kinds of points decide wherever
   * signals then run to: a half-stable one is {@link Phase#CRITICAL}, and χ₁ = 1 at a repelling q*
   * is {@link Phase#UNSTABLE_EOC} (REFERENCE A1, A3; Roberts, Yaida and Hanin 2022, §5.3).
   *
   * @param q1 of the first layer's pre-activations; 0 reads as 1
   */
  public static Verdict of(LayerLaw law, double q1) {
    Optional<FixedPoint> attractor = FixedPoints.attractor(law, q1 > 0 ? q1 : 1);
    if (law.activation().isHomogeneous()) {
      return new Verdict(law, bySlope(LayerStatistics.of(law, 1).chi1()), attractor, attractor);
    }
    Verdict usual = new Verdict(law, byAttractor(law, attractor), attractor, attractor);
    if (law.activation().hasOneAttractor()) {
      return usual;
    }
    return first(usual, Phases::isHalfStable, Phase.CRITICAL)
        .or(() -> first(usual, Phases::isUnstableEdge, Phase.UNSTABLE_EOC))
        .orElse(usual);
  }

  /** The first of all fixed points that decides. */
  private static Optional<Verdict> first(
      Verdict usual, Predicate<FixedPoint> decides, Phase phase) {
    return usual.all().stream()
        .filter(decides)
        .findFirst()
        .map(p -> new Verdict(usual.law, phase, Optional.of(p), usual.attractor));
  }

  private static Phase byAttractor(LayerLaw law, Optional<FixedPoint> attractor) {
    return attractor.map(p -> byPoint(law, p)).orElse(Phase.NO_FIXED_POINT);
  }

  private static boolean isUnstableEdge(FixedPoint p) {
    return !p.stable() && Math.abs(p.chi1() - 1) <= MARGIN;
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

  /**
   * By χ₁ at the fixed point; without bias above the edge of q* = 0 by σ_w², because χ₁ − 1 rises
   * with the square of the distance from the edge: tanh has 1 + 8e-8 at σ_w² = 1.0005.
   */
  private static Phase byPoint(LayerLaw law, FixedPoint p) {
    boolean left = law.sigmaB2() == 0 && p.q() > 0 && OneSidedSlopes.isFixed(law.activation());
    double atZero = law.sigmaW2() * OneSidedSlopes.atZero(law.activation()).meanSquareSlope();
    return left && p.chi1() > 1 && atZero > 1 + MARGIN ? Phase.CHAOTIC : bySlope(p.chi1());
  }

  private static Phase bySlope(double chi1) {
    if (Math.abs(chi1 - 1) <= MARGIN) {
      return Phase.CRITICAL;
    }
    return chi1 < 1 ? Phase.ORDERED : Phase.CHAOTIC;
  }
}
