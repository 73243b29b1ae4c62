package org.phasemap.theory;

import java.util.Locale;

/** What a fixed point of the variance map does to signals close to it. */
public enum Stability {
  /** Variances on both sides come closer, exponentially or, where χ_q = 1, algebraically. */
  ATTRACTING,
  /** χ_q = 1 at q* &gt; 0 where the map touches the diagonal: one side comes, the other leaves. */
  HALF_STABLE,
  /** Variances on both sides leave. */
  REPELLING,
  /** Every variance is a fixed point: a scale-free φ at its edge of chaos. */
  NEUTRAL;

  /** The name that tables use, such as {@code half_stable}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
