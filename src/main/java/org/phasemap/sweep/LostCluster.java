package org.phasemap.sweep;

import org.phasemap.sweep.progress.SweepOutcome;

/** The cluster ended the session in the middle of a sweep; the message says how. */
public final class LostCluster extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SweepOutcome outcome;

  LostCluster(String message, Throwable cause, SweepOutcome outcome) {
    super(message, cause);
    this.outcome = outcome;
  }

  /** What the tables hold by now. */
  public SweepOutcome outcome() {
    return outcome;
  }
}
