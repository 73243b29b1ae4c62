package org.phasemap.analysis.regress;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is said of two sweeps. It is finished before anything prints it.
 *
 * @param baseline what it is held to; null where one sweep is held to theory alone
 * @param state what it comes to
 * @param problems why the two cannot be compared; empty where they can
 * @param notes what a reader should know besides
 * @param level probability of a false alarm
 * @param counts of rows, cells and tests
 * @param subjects what each quantity, and each kind of mishap, comes to
 * @param regions of changed cells, the largest first
 * @param changes found and undecided, the surest first
 * @param grid where the cells of changes stand
 * @param boundaries how far those of training have moved
 * @param theory the candidate's z
 * @param cost what both took
 * @param accepted why changes are no regression
 */
public record Comparison(
    @Nullable Side baseline,
    Side candidate,
    State state,
    Pairing pairing,
    List<String> problems,
    List<String> notes,
    double level,
    Counts counts,
    List<SubjectResult> subjects,
    List<Region> regions,
    List<Change> changes,
    Grid grid,
    List<BoundaryShift> boundaries,
    List<TheoryCheck> theory,
    Cost cost,
    Optional<Acceptance> accepted) {
  /**
   * How much was compared.
   *
   * @param cells of the baseline
   * @param rows of it
   * @param equalRows of these, with a row of the same numbers
   * @param tests of means, ranks and counts
   */
  public record Counts(long cells, long rows, long equalRows, long tests) {
    static final Counts NONE = new Counts(0, 0, 0, 0);
  }

  /**
   * Time of one core that networks took; waiting and writing are not in it.
   *
   * @param before microseconds a row of the baseline; NaN where unknown
   * @param after of the candidate
   * @param tasks of the candidate, for each task
   */
  public record Cost(double before, double after, Map<String, Double> tasks) {
    static final Cost UNKNOWN = new Cost(Double.NaN, Double.NaN, Map.of());
  }

  /**
   * A person's word that a change is wanted.
   *
   * @param run that has it
   * @param by whom
   * @param at ISO-8601
   */
  public record Acceptance(String run, String by, String at, String reason) {}

  /** One that cannot be made. */
  static Comparison impossible(Side baseline, Side candidate, Comparability why, double level) {
    return new Comparison(
        baseline,
        candidate,
        State.INCOMPARABLE,
        why.pairing(),
        why.problems(),
        why.notes(),
        level,
        Counts.NONE,
        List.of(),
        List.of(),
        List.of(),
        Grid.NONE,
        List.of(),
        List.of(),
        Cost.UNKNOWN,
        Optional.empty());
  }

  /** The same, which a person has accepted. */
  public Comparison accepted(Acceptance acceptance) {
    return new Comparison(
        baseline,
        candidate,
        State.ACCEPTED,
        pairing,
        problems,
        notes,
        level,
        counts,
        subjects,
        regions,
        changes,
        grid,
        boundaries,
        theory,
        cost,
        Optional.of(acceptance));
  }

  /** Changes that were found, not undecided ones. */
  public long found() {
    return changes.stream().filter(Change::isFound).count();
  }

  /** Those that more networks could decide. */
  public long undecided() {
    return changes.size() - found();
  }
}
