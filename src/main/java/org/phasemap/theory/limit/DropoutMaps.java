package org.phasemap.theory.limit;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.phasemap.theory.dual.HomogeneousDual;
import org.phasemap.theory.dual.OneSidedSlopes;

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
   * covariance map. A variance that dies out or diverges leaves a map of the correlation alone: ρ
   * times the arc-cosine kernel of φ's slopes at 0 or at infinity.
   *
   * @param q1 from which the variance starts; 0 reads as 1
   */
  public PhasePoint phasePoint(double q1) {
    return phasePoint(FixedPoints.attractor(varianceLaw(), q1 > 0 ? q1 : 1));
  }

  /** The same at a known attractor of the variance map; empty where the variance diverges. */
  public PhasePoint phasePoint(Optional<FixedPoint> attractor) {
    PhasePoint variance = PhasePoint.of(varianceLaw(), attractor);
    if (keep == 1) {
      return variance;
    }
    double q = variance.qStar();
    if (q > 0 && q < Double.POSITIVE_INFINITY) {
      LayerStatistics layer = LayerStatistics.of(law, q);
      double delta = root(d -> nextOneMinusC(layer, d), layer::chiC);
      return withCorrelation(variance, delta, layer.chiC(delta));
    }
    OneSidedSlopes slopes =
        q == 0
            ? OneSidedSlopes.atZero(law.activation())
            : OneSidedSlopes.atInfinity(law.activation());
    if (slopes.meanSquareSlope() == 0) {
      return withCorrelation(variance, Double.NaN, Double.NaN);
    }
    HomogeneousDual dual = slopes.dual();
    double all = dual.derivative(0);
    DoubleUnaryOperator slope = d -> keep * dual.derivative(d) / all;
    double delta = root(d -> 1 - keep + keep * dual.relativeDeficit(d) / all, slope);
    return withCorrelation(variance, delta, slope.applyAsDouble(delta));
  }

  private static PhasePoint withCorrelation(PhasePoint p, double delta, double slope) {
    return new PhasePoint(p.law(), p.qStar(), p.chi1(), p.chiQ(), delta, slope);
  }

  /** Newton's method from c = 0: the map is convex in c, and below the diagonal at c = 1. */
  private static double root(DoubleUnaryOperator map, DoubleUnaryOperator slope) {
    double delta = 1;
    double before = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MAX_STEPS; i++) {
      double step = (delta - map.applyAsDouble(delta)) / (1 - slope.applyAsDouble(delta));
      delta -= step;
      double size = Math.abs(step) / delta;
      // Newton's steps shrink by squares until they are rounding.
      if (size <= 1e-15 || (size >= before / 4 && before < 1e-8)) {
        break;
      }
      before = size;
    }
    return delta;
  }
}
