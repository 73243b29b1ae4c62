package org.phasemap.theory.limit;

import java.util.Locale;
import org.phasemap.network.Activation;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.dual.OneSidedSlopes;

/** What a fixed point of the variance map does to signals close to it. */
public enum Stability {
  /** Variances on both sides come closer, exponentially or, where χ_q = 1, algebraically. */
  ATTRACTING,
  /** χ_q = 1 at q* &gt; 0 where the map touches the diagonal: one side comes, the other leaves. */
  HALF_STABLE,
  /** Variances on both sides leave. */
  REPELLING,
  /** Every variance is a fixed point: a scale-free φ at its edge of chaos. */
  NEUTRAL;

  /** Where the next order of V is looked for: the smallest q at which it is more than rounding. */
  private static final double[] NEXT_ORDER_AT = {1e-6, 1e-4, 1e-2, 0.1, 1};

  private static final double ROUNDING = 1e-11;

  /** The name that tables use, such as {@code half_stable}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether q* = 0 attracts at its edge of chaos, where V(q)/q = lim V/q in first order and the
   * next one decides: √(2q/π)(φ′φ″(0⁺) − φ′φ″(0⁻)) where φ″ or φ′ jumps, else ½Σ(¾φ″² + φ′φ‴)q.
   * SELU, ELU, softsign, tanh fall below; GELU, SiLU and Mish rise above. Hard tanh falls below by
   * less than any power. Read off V itself, at the smallest q where it shows.
   */
  static Stability atCriticality(Activation activation) {
    double slope = OneSidedSlopes.atZero(activation).meanSquareSlope();
    for (double q : NEXT_ORDER_AT) {
      double excess = new GaussianMoments(activation, q).secondMoment() / (slope * q) - 1;
      if (Math.abs(excess) > ROUNDING) {
        return excess < 0 ? Stability.ATTRACTING : Stability.REPELLING;
      }
    }
    return Stability.NEUTRAL;
  }
}
