package org.phasemap.quantity;

/** What numbers a quantity takes; none has a physical unit. */
public enum Domain {
  /**
   * Natural logarithm, averaged as such: at finite depth over width what it is of is close to
   * log-normal, and the mean of that says nothing (Hanin and Nica 2020).
   */
  LN(1e-3, 0),
  /** From 0 to 1. */
  SHARE(1e-3, 0),
  NUMBER(1e-3, 1e-3),
  /** A whole number: 1 to L. */
  LAYER(0.5, 0),
  /** A whole number. */
  STEPS(0.5, 0.01),
  /** A whole number. */
  COUNT(0.5, 0.01);

  private final Tolerance tolerance;

  Domain(double absolute, double relative) {
    tolerance = new Tolerance(absolute, relative);
  }

  /** How far two means may lie apart unless a quantity says otherwise: 0.1 %, or half a whole. */
  public Tolerance tolerance() {
    return tolerance;
  }

  /**
   * Whether means over a few networks are close to normal: sums over many units and their
   * logarithms are, shares and counts are not where they are near 0 or take few values.
   */
  public boolean isNearNormal() {
    return this == LN || this == NUMBER;
  }

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
