package org.phasemap.theory.limit;

import java.util.Optional;
import org.phasemap.theory.dual.OneSidedSlopes;

/**
 * What mean-field theory says about an infinitely deep network of a law: fixed points, slopes and
 * the depth scales that follow from them (Schoenholz et al. 2017, §3–4; Xiao, Pennington and
 * Schoenholz 2020, §4). Where signals die out, q* = 0, all is the limit q → 0 ({@link
 * OneSidedSlopes}). Correlations then reach c* = 1 algebraically where φ′ jumps at 0, and stay
 * where it does not; χ(c*) = σ_w² E φ′φ′ is χ₁, the slope by which covariances die out.
 *
 * @param law the layer's law
 * @param qStar q*, infinite where the variance diverges, 0 where it dies out
 * @param chi1 χ₁ at q*
 * @param chiQ χ_q at q*
 * @param oneMinusCStar 1 − c*; NaN where every c is a fixed point, so that c stays what it was
 * @param chiCStar slope of the correlation map at c*
 */
public record PhasePoint(
    LayerLaw law, double qStar, double chi1, double chiQ, double oneMinusCStar, double chiCStar) {
  /** The point that signals of variance 1 flow to. */
  public static PhasePoint of(LayerLaw law) {
    return of(law, 1);
  }

  /** The point that signals of variance q0 flow to; 0 reads as 1. */
  public static PhasePoint of(LayerLaw law, double q0) {
    return of(law, FixedPoints.attractor(law, q0 > 0 ? q0 : 1));
  }

  /** The point that signals flow to, of a law at its attractor; empty where they diverge. */
  static PhasePoint of(LayerLaw law, Optional<FixedPoint> attractor) {
    return attractor.map(p -> at(law, p)).orElseGet(() -> divergent(law));
  }

  /** The point of a law at one of its fixed points. */
  public static PhasePoint at(LayerLaw law, FixedPoint p) {
    if (p.q() == 0) {
      boolean stays = OneSidedSlopes.atZero(law.activation()).areEqual();
      double chiC = law.activation().isHomogeneous() ? 1 : p.chi1();
      return new PhasePoint(law, 0, p.chi1(), p.chiQ(), stays ? Double.NaN : 0, chiC);
    }
    boolean chaotic = p.chi1() > 1 && !FixedPoint.isOne(p.chi1());
    if (!chaotic) {
      double delta = isLinearWithoutBias(law) ? Double.NaN : 0;
      return new PhasePoint(law, p.q(), p.chi1(), p.chiQ(), delta, p.chi1());
    }
    LayerStatistics layer = LayerStatistics.of(law, p.q());
    double delta = CorrelationFixedPoint.oneMinusCStar(layer);
    double chiC = delta == 0 ? p.chi1() : layer.chiC(delta);
    return new PhasePoint(law, p.q(), p.chi1(), p.chiQ(), delta, chiC);
  }

  /** Where the variance diverges only the slopes at infinity are left, and no bias. */
  private static PhasePoint divergent(LayerLaw law) {
    double chi1 = LayerStatistics.of(law, Double.POSITIVE_INFINITY).chi1();
    double delta = law.activation().homogeneousSlope() == 1 ? Double.NaN : 0;
    return new PhasePoint(law, Double.POSITIVE_INFINITY, chi1, chi1, delta, 1);
  }

  private static boolean isLinearWithoutBias(LayerLaw law) {
    return law.sigmaB2() == 0 && law.activation().homogeneousSlope() == 1;
  }

  /** c*. */
  public double cStar() {
    return 1 - oneMinusCStar;
  }

  /** ξ_q = −1/ln χ_q, layers in which the variance forgets its start; infinite from χ_q = 1. */
  public double xiQ() {
    return decayDepth(chiQ);
  }

  /**
   * ξ_c = −1/ln χ(c*), layers in which correlations reach c* (Schoenholz et al. 2017, eq. 12);
   * infinite where they do so algebraically, NaN where no map is known. Where signals die out it is
   * the scale of covariances; homogeneous functions have none of their own.
   */
  public double xiC() {
    return decayDepth(chiCStar);
  }

  /** ξ_∇ = 1/|ln χ₁|, layers in which gradients change e-fold (Schoenholz et al. 2017, eq. 19). */
  public double xiGradient() {
    return FixedPoint.isOne(chi1) ? Double.POSITIVE_INFINITY : 1 / Math.abs(Math.log(chi1));
  }

  /**
   * ξ* = −1/(ln χ_{c*} − ln χ₁), depth to which the chaotic phase still generalises (Xiao et al.
   * 2020, §4.3); infinite outside the chaotic phase, NaN where χ_{c*} is not known.
   */
  public double xiGeneralisation() {
    if (Double.isNaN(chiCStar)) {
      return Double.NaN;
    }
    return oneMinusCStar > 0 ? 1 / (Math.log(chi1) - Math.log(chiCStar)) : Double.POSITIVE_INFINITY;
  }

  private static double decayDepth(double slope) {
    if (Double.isNaN(slope)) {
      return Double.NaN;
    }
    return slope < 1 && !FixedPoint.isOne(slope) ? -1 / Math.log(slope) : Double.POSITIVE_INFINITY;
  }
}
