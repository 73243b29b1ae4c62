package org.phasemap.plan;

import java.util.Locale;

/** Why no more replicates of a cell are measured. */
public enum Stop {
  /** The spec gives a number. */
  FIXED,
  /** Every confidence interval is narrow enough. */
  UNTIL,
  /** The spec wants no more, however wide the intervals. */
  MAX,
  /** A quantity has a value on fewer than two replicates. */
  NOT_FINITE;

  /** The name that tables use. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
