package org.phasemap.analysis;

import java.util.Map;

/** Whether the errors of a sweep's cells have something in common. */
public enum CellErrors {
  /** Replicates of one number share random numbers in all cells. */
  SHARED,
  /** No two cells share any. */
  INDEPENDENT;

  /**
   * What a sweep recorded.
   *
   * @param provenance of its tables; where early versions do not say, networks may have shared them
   */
  public static CellErrors of(Map<String, String> provenance) {
    return "independent".equals(provenance.get("random_numbers")) ? INDEPENDENT : SHARED;
  }
}
