package org.phasemap.theory.limit;

import org.jspecify.annotations.Nullable;
import org.phasemap.theory.dual.DualActivation;
import org.phasemap.theory.dual.Duals;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.dual.HermiteDual;
import org.phasemap.theory.dual.HomogeneousDual;
import org.phasemap.theory.dual.LocalDual;

/** What one layer of a law does to signals of variance q: every mean-field quantity at (q, c). */
public final class LayerStatistics {
  private final LayerLaw law;
  private final double q;
  private final GaussianMoments moments;
  private final @Nullable DualActivation dual;
  private final double secondMomentPhi;
  private final double derivativeSecondMoment;

  private LayerStatistics(LayerLaw law, double q) {
    this.law = law;
    this.q = q;
    moments = new GaussianMoments(law.activation(), q);
    dual = q > 0 ? Duals.of(law.activation(), q) : null;
    secondMomentPhi = dual == null ? moments.secondMoment() : dual.secondMoment();
    derivativeSecondMoment =
        dual instanceof HomogeneousDual h ? h.derivative(0) : moments.derivativeSecondMoment();
  }

  /** Statistics of a layer whose pre-activations have variance q ≥ 0; q may be infinite. */
  public static LayerStatistics of(LayerLaw law, double q) {
    return new LayerStatistics(law, q);
  }

  /** E φ. */
  public double meanPhi() {
    if (dual instanceof LocalDual local && !law.activation().isOdd()) {
      return local.mean();
    }
    return dual instanceof HermiteDual h ? h.mean() : moments.mean();
  }

  /** E φ². */
  public double secondMomentPhi() {
    return secondMomentPhi;
  }

  /** σ_w² E φ′². */
  public double chi1() {
    return law.sigmaW2() * derivativeSecondMoment;
  }

  /** E φ′². */
  double derivativeSecondMoment() {
    return derivativeSecondMoment;
  }

  /** E φ′(u)φ′(v) at correlation c. */
  double derivative(double oneMinusC) {
    return dual == null ? derivativeSecondMoment : dual.derivative(oneMinusC);
  }

  /** σ_w² dV/dq. */
  public double chiQ() {
    return law.sigmaW2() * moments.secondMomentSlope();
  }

  /** σ_w² E φ′(u)φ′(v) at correlation c. */
  public double chiC(double oneMinusC) {
    return law.sigmaW2() * derivative(oneMinusC);
  }

  /** σ_w² V + σ_b². */
  public double nextQ() {
    return law.sigmaW2() * secondMomentPhi + law.sigmaB2();
  }

  /** 1 − c of the next layer; where signals have died out, their angle stays. */
  public double nextOneMinusC(double oneMinusC) {
    if (dual == null || nextQ() == 0) {
      return nextQ() > 0 ? 0 : oneMinusC;
    }
    if (dual instanceof HomogeneousDual h && !(nextQ() < Double.POSITIVE_INFINITY)) {
      return h.relativeDeficit(oneMinusC) / h.derivative(0);
    }
    return law.sigmaW2() * dual.deficit(oneMinusC) / nextQ();
  }

  /** E φ(u)φ(v) at correlation c. */
  public double productPhi(double oneMinusC) {
    return dual == null ? secondMomentPhi : dual.product(oneMinusC);
  }

  boolean isHomogeneous() {
    return law.activation().isHomogeneous();
  }

  boolean isOddWithoutBias() {
    return law.activation().isOdd() && law.sigmaB2() == 0;
  }

  /** Variance of this layer's pre-activations. */
  public double q() {
    return q;
  }
}
