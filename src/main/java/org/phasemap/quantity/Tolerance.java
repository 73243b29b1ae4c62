package org.phasemap.quantity;

/**
 * How far two means of a quantity may lie apart and still say the same to whoever uses them.
 *
 * @param absolute in the quantity's own unit
 * @param relative share of the former mean's size, which is added to it
 */
public record Tolerance(double absolute, double relative) {
  /** Around a mean. */
  public double around(double mean) {
    return absolute + relative * Math.abs(mean);
  }
}
