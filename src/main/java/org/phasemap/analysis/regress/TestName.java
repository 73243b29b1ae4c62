package org.phasemap.analysis.regress;

/** How a change was found. */
public enum TestName {
  T("paired t"),
  WELCH("Welch"),
  SIGNED_RANK("signed ranks"),
  RANK_SUM("rank sums"),
  MCNEMAR("McNemar"),
  FISHER("Fisher"),
  /** The same random numbers gave no such network before: that is no chance. */
  CERTAIN("none needed");

  private final String label;

  TestName(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
