package org.phasemap.network.architecture;

/** Where a normalisation stands. */
public enum Place {
  /** φ(norm(z)). */
  BEFORE,
  /** norm(φ(z)). */
  AFTER
}
