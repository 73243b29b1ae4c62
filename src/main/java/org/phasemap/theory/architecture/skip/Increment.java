package org.phasemap.theory.architecture.skip;

import org.phasemap.network.Erf;
import org.phasemap.theory.OutsideDomainException;

/**
 * What a block adds to a number of the stream: symmetric, independent of what is there.
 *
 * @param deviation standard deviation; 0 adds nothing
 * @param batch B of a batch norm at the end of the branch, whose values lie on a sphere; 0 of
 *     normal values
 */
public record Increment(double deviation, int batch) {
  /** Smaller spheres have densities that jump or bend at their edges. */
  private static final int SMALLEST_BATCH = 8;

  private static final double REACH = 9.5;

  /** Widths of pieces that 24 nodes resolve, in standard deviations. */
  private static final double SMOOTH = 4;

  /** The same of small spheres. */
  private static final double ROUGH = 1;

  private static final int LARGE_BATCH = 24;

  /** N(0, v). */
  public static Increment normal(double variance) {
    return new Increment(Math.sqrt(variance), 0);
  }

  /**
   * One of B values that a batch norm made: √(B − 1) t times the deviation, t of density ∝ (1 −
   * t²)^{(B−4)/2} (ARCHITECTURES 2.1).
   */
  public static Increment normalised(double variance, int batch) {
    OutsideDomainException.unless(
        batch >= SMALLEST_BATCH,
        "no formula for sums of values that a batch of fewer than " + SMALLEST_BATCH + " normed");
    return new Increment(Math.sqrt(variance), batch);
  }

  /** How far from 0 there are values. */
  double reach() {
    return deviation * (batch == 0 ? REACH : Math.min(REACH, Math.sqrt(batch - 1.0)));
  }

  double piece() {
    return deviation * (batch == 0 || batch >= LARGE_BATCH ? SMOOTH : ROUGH);
  }

  /** Density at x, times what it is at 0 of a sphere: laws are made to add up to 1. */
  double density(double x) {
    double u = x / deviation;
    if (batch == 0) {
      return Erf.normalDensity(u) / deviation;
    }
    double inside = 1 - u * u / (batch - 1.0);
    return inside > 0 ? Math.pow(inside, 0.5 * (batch - 4)) : 0;
  }
}
