package org.phasemap.theory;

/**
 * A point of the edge of chaos: χ₁ = 1 at a fixed point of the variance map.
 *
 * @param sigmaW2 σ_w²
 * @param sigmaB2 σ_b²
 * @param qStar q*; 0 for the class that is critical without bias; NaN for scale-free activations,
 *     where no q is special
 * @param chiQ slope of the variance map there. At q* = 0 the slope is exactly 1, and the next order
 *     decides: chiQ is then the secant slope up to q = 1e-6
 */
public record CriticalPoint(double sigmaW2, double sigmaB2, double qStar, double chiQ) {
  private static final double MARGIN = 1e-9;

  /** Whether q* attracts, so that deep networks stay at it. */
  public boolean stable() {
    return chiQ <= 1 + MARGIN;
  }
}
