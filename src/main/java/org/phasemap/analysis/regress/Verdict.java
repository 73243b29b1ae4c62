package org.phasemap.analysis.regress;

/** What a change comes to. */
public enum Verdict {
  WORSE,
  BETTER,
  /** Neither way is worse. */
  CHANGED,
  /** More networks with the same difference would have shown it. */
  UNDECIDED
}
