package org.phasemap.theory;

import java.util.Optional;

/**
 * What mean-field theory says about an infinitely deep network of a law: fixed points, slopes and
 * the depth scales that follow from them (Schoenholz et al. 2017, §3–4; Xiao, Pennington and
 * Schoenholz 2020, §4).
 *
 * @param law the layer's law
 * @param qStar q*, infinite where the variance diverges, 0 where it dies out
 * @param chi1 χ₁ at q*
 * @param chiQ χ_q at q*
 * @param oneMinusCStar 1 − c*
 * @param chiCStar slope of the correlation map at c*
 */
public record PhasePoint(
    LayerLaw law, double qStar, double chi1, double chiQ, double oneMinusCStar, double chiCStar) {
  /** The point that signals of variance 1 flow to. */
  public static PhasePoint of(LayerLaw law) {
    return of(law, 1);
  }

  /** The point that signals of variance q0 &gt; 0 flow to. */
  public static PhasePoint of(LayerLaw law, double q0) {
    Optional<FixedPoint> attractor = FixedPoints.attractor(law, q0);
    if (attractor.isEmpty()) {
      LayerStatistics limit = LayerStatistics.of(law, Double.POSITIVE_INFINITY);
      return new PhasePoint(
          law, Double.POSITIVE_INFINITY, limit.chi1(), limit.chi1(), 0, limit.chi1());
    }
    FixedPoint p = attractor.get();
    if (!(p.chi1() > 1) || law.activation().isHomogeneous()) {
      return new PhasePoint(law, p.q(), p.chi1(), p.chiQ(), 0, p.chi1());
    }
    LayerStatistics layer = LayerStatistics.of(law, p.q());
    double delta = CorrelationFixedPoint.oneMinusCStar(layer);
    double chiC = delta == 0 ? p.chi1() : layer.chiC(delta);
    return new PhasePoint(law, p.q(), p.chi1(), p.chiQ(), delta, chiC);
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
   * infinite where they do so algebraically.
   */
  public double xiC() {
    boolean scaleFree = law.activation().isHomogeneous() && (law.sigmaB2() == 0 || chi1 >= 1);
    return scaleFree ? Double.POSITIVE_INFINITY : decayDepth(chiCStar);
  }

  /** ξ_∇ = 1/|ln χ₁|, layers in which gradients change e-fold (Schoenholz et al. 2017, eq. 19). */
  public double xiGradient() {
    return 1 / Math.abs(Math.log(chi1));
  }

  /**
   * ξ* = −1/(ln χ_{c*} − ln χ₁), depth to which the chaotic phase still generalises (Xiao et al.
   * 2020, §4.3); infinite outside the chaotic phase.
   */
  public double xiGeneralisation() {
    return oneMinusCStar > 0 ? 1 / (Math.log(chi1) - Math.log(chiCStar)) : Double.POSITIVE_INFINITY;
  }

  private static double decayDepth(double slope) {
    return slope < 1 ? -1 / Math.log(slope) : Double.POSITIVE_INFINITY;
  }
}
