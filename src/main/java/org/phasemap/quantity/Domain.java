package org.phasemap.quantity;

/** What numbers a quantity takes; none has a physical unit. */
public enum Domain {
  /**
   * Natural logarithm, averaged as such: at finite depth over width what it is of is close to
   * log-normal, and the mean of that says nothing (Hanin and Nica 2020).
   */
  LN,
  /** From 0 to 1. */
  SHARE,
  NUMBER,
  /** A whole number: 1 to L. */
  LAYER,
  /** A whole number. */
  STEPS,
  /** A whole number. */
  COUNT;

  /** Whether tables hold it as a whole number. */
  public boolean isWhole() {
    return this == LAYER || this == STEPS || this == COUNT;
  }

  /** What it counts in. */
  public String unit() {
    return switch (this) {
      case LN -> "nat";
      case SHARE, NUMBER -> "1";
      case LAYER -> "layer";
      case STEPS -> "step";
      case COUNT -> "count";
    };
  }
}
