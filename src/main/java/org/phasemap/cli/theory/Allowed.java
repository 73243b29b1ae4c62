package org.phasemap.cli.theory;

/** What a numeric option may be. */
enum Allowed {
  NOT_NEGATIVE("finite numbers >= 0"),
  POSITIVE("finite numbers > 0"),
  CORRELATION("numbers from -1 to 1"),
  SHARE("numbers above 0, at most 1"),
  DEPTH("whole numbers from 1 to 100000"),
  COUNT("whole numbers from 1 to 1000000000");

  private final String description;

  Allowed(String description) {
    this.description = description;
  }

  /** In words. */
  String description() {
    return description;
  }

  boolean admits(double value) {
    return switch (this) {
      case NOT_NEGATIVE -> value >= 0 && Double.isFinite(value);
      case POSITIVE -> value > 0 && Double.isFinite(value);
      case CORRELATION -> Math.abs(value) <= 1;
      case SHARE -> value > 0 && value <= 1;
      case DEPTH -> isWhole(value, 100_000);
      case COUNT -> isWhole(value, 1_000_000_000);
    };
  }

  private static boolean isWhole(double value, double largest) {
    return value >= 1 && value <= largest && value == Math.rint(value);
  }
}
