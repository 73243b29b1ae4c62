package org.phasemap.analysis.regress;

/**
 * A cell whose mean of a quantity, or share of networks, lies further from the baseline's than is
 * tolerated, by more than chance explains; or that would, with more networks.
 *
 * @param cell its id
 * @param subject what has changed
 * @param networks compared, on the side with fewer
 * @param before mean or share in the baseline
 * @param after in the candidate
 * @param tolerance of this cell
 * @param test that found it
 * @param p its two-sided p; 0 where no test is needed, or where p is too small for a number
 * @param verdict what it comes to
 */
public record Change(
    String cell,
    Subject subject,
    long networks,
    double before,
    double after,
    double tolerance,
    TestName test,
    double p,
    Verdict verdict) {
  /** The same, with another verdict. */
  Change with(Verdict other) {
    return new Change(cell, subject, networks, before, after, tolerance, test, p, other);
  }

  public double difference() {
    return after - before;
  }

  public boolean isFound() {
    return verdict != Verdict.UNDECIDED;
  }
}
