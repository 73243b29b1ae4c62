package org.phasemap.analysis.regress;

/** Which networks of two sweeps are compared with which. */
public enum Pairing {
  /** Those of one cell and one replicate, which draw the same random numbers. */
  PAIRED("paired: networks of one cell and replicate have the same random numbers"),
  /** All of a cell with all of it: the random numbers are others. */
  INDEPENDENT("not paired: the two sweeps drew other random numbers");

  private final String meaning;

  Pairing(String meaning) {
    this.meaning = meaning;
  }

  /** In words. */
  public String meaning() {
    return meaning;
  }
}
