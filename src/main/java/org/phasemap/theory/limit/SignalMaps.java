package org.phasemap.theory.limit;

import java.util.Arrays;
import org.phasemap.theory.dual.GaussianMoments;

/**
 * Variance and correlation maps (Poole et al. 2016, eqs. 3–5; Schoenholz et al. 2017, eqs. 3–5).
 */
public final class SignalMaps {
  /** Relative changes below this are rounding of the quadratures. */
  private static final double SETTLED = 1e-14;

  private SignalMaps() {}

  /** σ_w² V(q) + σ_b². */
  public static double nextQ(LayerLaw law, double q) {
    return law.sigmaW2() * new GaussianMoments(law.activation(), q).secondMoment() + law.sigmaB2();
  }

  /**
   * The variance map at one q.
   *
   * @param value σ_w² V + σ_b²
   * @param slope χ_q
   */
  record Tangent(double value, double slope) {}

  /** {@link #nextQ} and {@link #slope} for the price of one. */
  static Tangent tangent(LayerLaw law, double q) {
    double[] moment = new GaussianMoments(law.activation(), q).secondMomentAndSlope();
    return new Tangent(law.sigmaW2() * moment[0] + law.sigmaB2(), law.sigmaW2() * moment[1]);
  }

  /** χ_q, the slope of {@link #nextQ}. */
  static double slope(LayerLaw law, double q) {
    return law.sigmaW2() * new GaussianMoments(law.activation(), q).secondMomentSlope();
  }

  /**
   * Signals of two inputs with |x|²/n₀ = q0 and correlation c0 through depth layers: q₁ = σ_w² q0 +
   * σ_b², q^{ab}₁ = σ_w² c0 q0 + σ_b². Deep nets may overflow to infinity or vanish to 0; nothing
   * is thrown for that.
   *
   * @throws IllegalArgumentException for depth &lt; 1, q0 &lt; 0 or c0 outside [−1, 1]
   */
  public static Trajectory propagate(LayerLaw law, double q0, double c0, int depth) {
    if (depth < 1) {
      throw new IllegalArgumentException("depth must be >= 1: " + depth);
    }
    if (!(q0 >= 0)) {
      throw new IllegalArgumentException("q0 must be >= 0: " + q0);
    }
    if (!(Math.abs(c0) <= 1)) {
      throw new IllegalArgumentException("c0 outside [-1, 1]: " + c0);
    }
    double first = law.sigmaW2() * q0 + law.sigmaB2();
    double oneMinusC = first > 0 ? law.sigmaW2() * q0 / first * (1 - c0) : 1 - c0;
    return propagateFrom(law, first, oneMinusC, depth);
  }

  /** As {@link #propagate}, from the first layer's own pre-activations. */
  public static Trajectory propagateFrom(LayerLaw law, double q1, double oneMinusC1, int depth) {
    Trajectory t = Trajectory.of(depth);
    double q = q1;
    double delta = oneMinusC1;
    LayerStatistics layer = LayerStatistics.of(law, q);
    for (int l = 0; l < depth; l++) {
      t.q()[l] = q;
      t.oneMinusC()[l] = delta;
      t.chi1()[l] = layer.chi1();
      t.chiC()[l] = layer.chiC(delta);
      t.meanPhi()[l] = layer.meanPhi();
      t.secondMomentPhi()[l] = layer.secondMomentPhi();
      double nextDelta = layer.nextOneMinusC(delta);
      double nextQ = layer.nextQ();
      boolean qSettled = nextQ == q || Math.abs(nextQ - q) <= SETTLED * q;
      if (qSettled && (nextDelta == delta || Math.abs(nextDelta - delta) <= SETTLED * delta)) {
        fillFrom(t, l);
        return t;
      }
      delta = nextDelta;
      if (!qSettled) {
        q = nextQ;
        layer = LayerStatistics.of(law, q);
      }
    }
    return t;
  }

  private static void fillFrom(Trajectory t, int from) {
    for (double[] profile :
        new double[][] {
          t.q(), t.oneMinusC(), t.chi1(), t.chiC(), t.meanPhi(), t.secondMomentPhi()
        }) {
      Arrays.fill(profile, from, profile.length, profile[from]);
    }
  }
}
