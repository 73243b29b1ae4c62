package org.phasemap.cli.theory;

/** Numbers as tables show them. */
final class Numbers {
  private static final double LARGEST_WHOLE = 1e9;

  private Numbers() {}

  /** A whole number without {@code .0}; others as they are. */
  static Number tidy(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) <= LARGEST_WHOLE;
    if (whole) {
      return (long) value;
    }
    return value;
  }
}
