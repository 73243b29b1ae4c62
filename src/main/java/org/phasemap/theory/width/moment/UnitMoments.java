package org.phasemap.theory.width.moment;

import org.phasemap.network.Activation;

/**
 * What the fluctuations of a layer take from φ where its units are not alike. Weights that are not
 * normal give each unit a variance K_i of its own: a mask leaves each of them other inputs.
 * Expectations are over two kinds of units, of variances (1 ± τ)q: exact to first order in τ² = Var
 * K_i/q². K_i of two inputs go together, as their fourth moments nearly do.
 *
 * @param four moments of up to four inputs
 * @param slopeGrowth d ln E φ′²/dq, all K_i growing alike
 * @param q mean of K_i
 * @param oneMinusC 1 − correlation of the pre-activations
 * @param square τ²; negative where weights have short tails
 */
public record UnitMoments(
    FourPointMoments four, double slopeGrowth, double q, double oneMinusC, double square) {
  /** τ from which variances would be negative. */
  private static final double WIDEST = 0.95;

  /** Relative changes below this are none beside what the first order leaves out. */
  private static final double SETTLED = 1e-3;

  /** Of units that are alike. */
  public static UnitMoments alike(LayerMoments at) {
    return new UnitMoments(at.four(), at.single().slopeGrowth(), at.q(), at.oneMinusC(), 0);
  }

  /**
   * Of units that are not.
   *
   * @param at moments of the kernel at infinite width
   * @param drift how far the mean of K_i is from that
   * @param variance of K_i
   */
  public UnitMoments next(Activation f, LayerMoments at, double drift, double variance) {
    double mean = at.q() + drift;
    double nextSquare = variance / (mean * mean);
    if (isNear(mean, q)
        && isNear(at.oneMinusC(), oneMinusC)
        && Math.abs(nextSquare - square) <= SETTLED * Math.abs(square)) {
      return this;
    }
    double tau = Math.min(WIDEST, Math.sqrt(Math.abs(nextSquare)));
    double c = 1 - at.oneMinusC();
    FourPointMoments low = four(f, at, mean * (1 - tau), c);
    FourPointMoments high = four(f, at, mean * (1 + tau), c);
    FourPointMoments both = low.weighed(0.5, high, 0.5);
    double growth = 0.5 * ((1 - tau) * low.growth() + (1 + tau) * high.growth());
    double slopes =
        0.5
            * ((1 - tau) * low.slope2() * slopeGrowth(f, mean * (1 - tau))
                + (1 + tau) * high.slope2() * slopeGrowth(f, mean * (1 + tau)));
    if (nextSquare < 0) {
      FourPointMoments alike = four(f, at, mean, c);
      both = alike.weighed(2, both, -1);
      growth = 2 * alike.growth() - growth;
      slopes = 2 * alike.slope2() * slopeGrowth(f, mean) - slopes;
    }
    return new UnitMoments(
        both.growing(growth), slopes / both.slope2(), mean, at.oneMinusC(), nextSquare);
  }

  private static boolean isNear(double now, double before) {
    return Math.abs(now - before) <= SETTLED * Math.abs(before);
  }

  private static FourPointMoments four(Activation f, LayerMoments at, double q, double c) {
    return f.isHomogeneous() ? at.four().scaled(q / at.q(), 1) : FourPointMoments.of(f, q, c);
  }

  private static double slopeGrowth(Activation f, double q) {
    return SingleMoments.of(f, q).slopeGrowth();
  }
}
