package org.phasemap.analysis.regress;

import java.util.Locale;

/** What a comparison comes to. */
public enum State {
  /** Every network has the same numbers, bit for bit. */
  EQUAL("equal bit for bit"),
  /** Numbers differ, but no mean does by more than is tolerated and chance explains. */
  SAME("no regression"),
  /** It differs from the baseline as a person has accepted, and no further. */
  ACCEPTED("no regression beside what was accepted"),
  /** Numbers have changed. */
  REGRESSION("regression"),
  /** Too few networks to say. */
  UNDECIDED("undecided: too few replicates"),
  /** The two cannot be compared. */
  INCOMPARABLE("incomparable");

  private final String meaning;

  State(String meaning) {
    this.meaning = meaning;
  }

  /** The name that files use. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of a name. */
  public static State of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** In words. */
  public String meaning() {
    return meaning;
  }

  /** Whether nothing has to be done. */
  public boolean isGood() {
    return this == EQUAL || this == SAME || this == ACCEPTED;
  }
}
