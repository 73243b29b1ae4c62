package org.phasemap.sweep;

/** What may be asked of a sweep besides. */
public enum SweepOption {
  /** Rows that failed are dropped first, and so measured again. */
  RETRY_FAILED,
  /** Files that are damaged or missing are dropped first, and their rows so measured again. */
  RETRY_DAMAGED,
  /** The first row that fails stops the sweep. */
  FAIL_FAST
}
