package org.phasemap.theory;

import java.util.Optional;

/**
 * Mean field under inverted dropout (Schoenholz et al. 2017, §3.1): the variance sees σ_w²/ρ, the
 * covariance of two inputs with independent masks σ_w², so c = 1 is no fixed point and the critical
 * point is gone.
 *
 * @param law the layer's law without dropout
 * @param keep ρ, the share of units kept, in (0, 1]
 */
public record DropoutMaps(LayerLaw law, double keep) {
  private static final int MAX_STEPS = 500;

  public DropoutMaps {
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException("dropout keep probability outside (0, 1]: " + keep);
    }
  }

  /** The law that the variance of a single input follows: σ_w²/ρ. */
  public LayerLaw varianceLaw() {
    return law.withSigmaW2(law.sigmaW2() / keep);
  }

  /** 1 − c of the next layer at variance q. */
  public double nextOneMinusC(LayerStatistics layer, double oneMinusC) {
    double deficit = layer.secondMomentPhi() - layer.productPhi(oneMinusC);
    double noise = (1 / keep - 1) * layer.secondMomentPhi();
    return law.sigmaW2()
        * (noise + deficit)
        / (law.sigmaW2() / keep * layer.secondMomentPhi() + law.sigmaB2());
  }

  /**
   * Signals of two inputs with independent masks through L layers; the first layer's input is not
   * dropped. Without dropout it is {@link SignalMaps#propagate}.
   */
  public Trajectory propagate(double q0, double c0, int depth) {
    Trajectory t = SignalMaps.propagate(keep == 1 ? law : varianceLaw(), q0, c0, depth);
    if (keep == 1) {
      return t;
    }
    double first = law.sigmaW2() * q0 + law.sigmaB2();
    double q = first;
    double delta = first > 0 ? law.sigmaW2() * q0 / first * (1 - c0) : 1 - c0;
    for (int l = 0; l < depth; l++) {
      LayerStatistics layer = LayerStatistics.of(law, q);
      t.q()[l] = q;
      t.oneMinusC()[l] = delta;
      t.chi1()[l] = layer.chi1() / keep;
      t.chiC()[l] = layer.chiC(delta);
      t.meanPhi()[l] = layer.meanPhi();
      t.secondMomentPhi()[l] = layer.secondMomentPhi();
      delta = nextOneMinusC(layer, delta);
      q = law.sigmaW2() / keep * layer.secondMomentPhi() + law.sigmaB2();
    }
    return t;
  }

  /**
   * The phase point with dropout: q*, χ₁ and χ_q of the variance map, c* and its slope of the
   * covariance map; empty where q diverges.
   */
  public Optional<PhasePoint> phasePoint() {
    LayerLaw variance = varianceLaw();
    return FixedPoints.attractor(variance, 1)
        .map(
            p -> {
              LayerStatistics layer = LayerStatistics.of(law, p.q());
              double delta = keep == 1 ? CorrelationFixedPoint.oneMinusCStar(layer) : root(layer);
              return new PhasePoint(variance, p.q(), p.chi1(), p.chiQ(), delta, layer.chiC(delta));
            });
  }

  /** Newton's method from c = 0: the map is convex in c, and below the diagonal at c = 1. */
  private double root(LayerStatistics layer) {
    double delta = 1;
    for (int i = 0; i < MAX_STEPS; i++) {
      double step = (delta - nextOneMinusC(layer, delta)) / (1 - layer.chiC(delta));
      delta -= step;
      if (Math.abs(step) <= 1e-15 * delta) {
        break;
      }
    }
    return delta;
  }
}
