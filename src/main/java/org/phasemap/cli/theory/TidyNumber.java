package org.phasemap.cli.theory;

/** A number as tables show it. */
final class TidyNumber {
  private static final double LARGEST_WHOLE = 1e9;

  private TidyNumber() {}

  /** A whole number without {@code .0}; others as they are. */
  static Number of(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) <= LARGEST_WHOLE;
    if (whole) {
      return (long) value;
    }
    return value;
  }
}
