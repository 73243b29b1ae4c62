package org.phasemap.plan;

import java.util.Locale;

/** How a random network is drawn. Both have the same law at every width. */
public enum Sampler {
  /** Explicit weights. */
  DENSE,
  /** Only what the weights do to the columns that are sent through them. */
  WEIGHT_FREE;

  /** The name that tables use. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
