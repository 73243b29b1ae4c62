package org.phasemap.theory;

import org.phasemap.network.Activation;

/**
 * The slopes of φ on either side of 0, at 0 or at infinity, which may differ. Where φ(0) = 0 both
 * maps become those of r max(x, 0) + l min(x, 0) as q → 0, because a Gaussian visits each side half
 * of the time: V(q) = ½(l² + r²) q + o(q), and the correlation map is that function's arc-cosine
 * kernel; likewise as q → ∞ where φ is unbounded. So q* = 0 is critical without bias at σ_w² =
 * 2/(l² + r²): 1/φ′(0)² where φ is smooth (Roberts, Yaida and Hanin 2022, §5.3.3), 2/(1 + a²) for a
 * leaky ReLU (He et al. 2015, eq. 15), 0.476771 for SELU.
 *
 * @param left l, φ′ to the left
 * @param right r, φ′ to the right
 */
public record OneSidedSlopes(double left, double right) {
  /** Where the next order of V is looked for: the smallest q at which it is more than rounding. */
  private static final double[] NEXT_ORDER_AT = {1e-6, 1e-4, 1e-2, 0.1, 1};

  private static final double ROUNDING = 1e-11;

  /** φ′(0⁻) and φ′(0⁺). */
  public static OneSidedSlopes atZero(Activation activation) {
    return new OneSidedSlopes(
        activation.derivative(-Double.MIN_VALUE), activation.derivative(Double.MIN_VALUE));
  }

  /** φ′ at −∞ and ∞. */
  static OneSidedSlopes atInfinity(Activation activation) {
    return new OneSidedSlopes(
        activation.derivative(-Double.MAX_VALUE), activation.derivative(Double.MAX_VALUE));
  }

  /** Whether signals that have died out stay so without bias: φ(0) = 0. */
  public static boolean isFixed(Activation activation) {
    return activation.value(0) == 0;
  }

  /** lim V(q)/q = lim E φ′² = ½(l² + r²). */
  public double meanSquareSlope() {
    return 0.5 * (left * left + right * right);
  }

  /** 2/(l² + r²), σ_w² of the edge of chaos; infinite where both slopes are 0. */
  public double criticalSigmaW2() {
    return 1 / meanSquareSlope();
  }

  /** Whether l = r, so that the correlation map becomes c → c. */
  public boolean areEqual() {
    return left == right;
  }

  /**
   * lim l²(1 − c_l) at this edge: that of the homogeneous function with the same slopes (Hayou,
   * Doucet and Rousseau 2019, proposition 1). V/q and E φ′² share their next order √(2q/π)(φ′φ″(0⁺)
   * − φ′φ″(0⁻)), so that the variance, which falls as 1/l², changes 1 − c by a convergent product
   * only. Infinite where φ is smooth: correlations stay.
   */
  public double correlationDecay() {
    double larger = Math.max(Math.abs(left), Math.abs(right));
    double ratio = larger == Math.abs(right) ? left / right : right / left;
    return areEqual() ? Double.POSITIVE_INFINITY : EocAsymptotics.homogeneousDecay(ratio);
  }

  /** The correlation map; there is none where both slopes are 0. */
  HomogeneousDual dual() {
    return right == 0
        ? new HomogeneousDual(0, left, 1)
        : new HomogeneousDual(left / right, right, 1);
  }

  /**
   * Whether q* = 0 attracts at its edge of chaos, where V(q)/q = lim V/q in first order and the
   * next one decides: √(2q/π)(φ′φ″(0⁺) − φ′φ″(0⁻)) where φ″ or φ′ jumps, else ½Σ(¾φ″² + φ′φ‴)q.
   * SELU, ELU, softsign, tanh fall below; GELU, SiLU and Mish rise above. Hard tanh falls below by
   * less than any power. Read off V itself, at the smallest q where it shows.
   */
  static Stability atCriticality(Activation activation) {
    double slope = atZero(activation).meanSquareSlope();
    for (double q : NEXT_ORDER_AT) {
      double excess = new GaussianMoments(activation, q).secondMoment() / (slope * q) - 1;
      if (Math.abs(excess) > ROUNDING) {
        return excess < 0 ? Stability.ATTRACTING : Stability.REPELLING;
      }
    }
    return Stability.NEUTRAL;
  }
}
