package org.phasemap.theory.dual;

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
  /** φ′(0⁻) and φ′(0⁺). */
  public static OneSidedSlopes atZero(Activation activation) {
    return new OneSidedSlopes(
        activation.derivative(-Double.MIN_VALUE), activation.derivative(Double.MIN_VALUE));
  }

  /** φ′ at −∞ and ∞. */
  public static OneSidedSlopes atInfinity(Activation activation) {
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

  /** The correlation map; there is none where both slopes are 0. */
  public HomogeneousDual dual() {
    return right == 0
        ? new HomogeneousDual(0, left, 1)
        : new HomogeneousDual(left / right, right, 1);
  }
}
