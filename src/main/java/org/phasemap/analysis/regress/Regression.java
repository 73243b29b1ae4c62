package org.phasemap.analysis.regress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.phasemap.analysis.CellErrors;
import org.phasemap.analysis.TrainingMap;
import org.phasemap.analysis.regress.Comparison.Cost;
import org.phasemap.analysis.regress.Comparison.Counts;
import org.phasemap.query.Limits;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.Tolerances;
import org.phasemap.store.ResultsFolder;

/**
 * Compares a sweep with its baseline. First comes the exact question, whether rows are equal bit
 * for bit. Only where they are not, cells are tested, and what was found is put together.
 */
public final class Regression {
  private final Tolerances tolerances;
  private final Limits limits;

  public Regression(Tolerances tolerances, Limits limits) {
    this.tolerances = tolerances;
    this.limits = limits;
  }

  /**
   * Compares two folders.
   *
   * @throws org.phasemap.network.UserException if a file of either is damaged or missing
   */
  public Comparison compare(ResultsFolder before, ResultsFolder after) {
    Side was = Side.of(before);
    Side is = Side.of(after);
    Comparability specs = Comparability.of(before, after, was, is);
    if (!specs.isPossible()) {
      return Comparison.impossible(was, is, specs, tolerances.level());
    }
    try (Query query = Query.pair(before, after, limits)) {
      Comparability rows = specs.with(query, before, is);
      return rows.isPossible()
          ? compared(query, rows, was, is, before, after)
          : Comparison.impossible(was, is, rows, tolerances.level());
    }
  }

  /**
   * What a sweep would come to that cannot be compared, before it is measured.
   *
   * @param planned the sweep
   * @param spec of it
   * @param lacking what it would not measure of the baseline, a sentence each; asked only where
   *     specs and versions say nothing against it
   * @param remedy what to do
   * @return empty where nothing speaks against it
   */
  public Optional<Comparison> foreseen(
      ResultsFolder before,
      Side planned,
      Spec spec,
      Supplier<Optional<String>> lacking,
      String remedy) {
    Side was = Side.of(before);
    Comparability specs = Comparability.of(before, spec, was, planned);
    Comparability all = specs.isPossible() ? lacking.get().map(specs::and).orElse(specs) : specs;
    return all.isPossible()
        ? Optional.empty()
        : Optional.of(Comparison.impossible(was, planned, all.noting(remedy), tolerances.level()));
  }

  private Comparison compared(
      Query query,
      Comparability ground,
      Side was,
      Side is,
      ResultsFolder before,
      ResultsFolder after) {
    Rows.Row rows =
        query
            .rows(
                """
                select count(*) as n, count(*) filter (where b.fingerprint = a.fingerprint) as equal
                from before b left join after a using (cell_id, replicate)
                """)
            .row(0);
    Cells cells = Cells.of(query);
    boolean equal = rows.whole("n") == rows.whole("equal");
    long most =
        query
            .rows("select max(n) as n from (select count(*) as n from before group by cell_id)")
            .row(0)
            .whole("n");
    if (!equal && most < Columns.FEWEST) {
      String problem =
          String.format(
              "%s: has one replicate a cell, which says nothing of chance; allowed: %d or more",
              was.path(), Columns.FEWEST);
      return Comparison.impossible(was, is, ground.and(problem), tolerances.level());
    }
    Findings findings = findings(query, cells, ground.pairing(), equal);
    Grid grid = Grid.of(cells, findings.changes().stream().map(Change::cell).distinct().toList());
    List<TheoryCheck> theory = theory(after, tolerances.level());
    boolean departs = !equal && departs(theory, theory(before, tolerances.level()));
    return new Comparison(
        was,
        is,
        departs ? State.REGRESSION : state(equal, findings),
        ground.pairing(),
        List.of(),
        ground.notes(),
        tolerances.level(),
        new Counts(cells.size(), rows.whole("n"), rows.whole("equal"), findings.tests()),
        findings.results(),
        Regions.of(findings.changes(), grid, cells.size()),
        findings.changes(),
        grid,
        equal ? List.of() : boundaries(query, before, after, ground.pairing()),
        theory,
        cost(query),
        Optional.empty());
  }

  private Findings findings(Query query, Cells cells, Pairing pairing, boolean equal) {
    if (equal) {
      return new Findings(0, List.of(), List.of());
    }
    Evidence evidence =
        pairing == Pairing.PAIRED ? new PairedEvidence(query) : new IndependentEvidence(query);
    return Findings.of(evidence, cells, tolerances);
  }

  private static State state(boolean equal, Findings findings) {
    if (equal) {
      return State.EQUAL;
    }
    if (findings.changes().stream().anyMatch(Change::isFound)) {
      return State.REGRESSION;
    }
    return findings.changes().isEmpty() ? State.SAME : State.UNDECIDED;
  }

  /** Whether z is not normal where the baseline's was; a misfit of both is no news. */
  private static boolean departs(List<TheoryCheck> now, List<TheoryCheck> before) {
    return now.stream()
        .filter(TheoryCheck::departs)
        .anyMatch(
            check ->
                before.stream()
                    .noneMatch(b -> b.departs() && b.quantity().equals(check.quantity())));
  }

  /** Holds one sweep to theory alone. */
  public Comparison alone(ResultsFolder folder) {
    Side side = Side.of(folder);
    List<TheoryCheck> theory = theory(folder, tolerances.level());
    boolean departs = theory.stream().anyMatch(TheoryCheck::departs);
    List<String> problems =
        theory.isEmpty()
            ? List.of(
                String.format(
                    Locale.ROOT,
                    "%s: has no z to test; allowed: a sweep of 20 cells or more with bands, whose"
                        + " cells share no random numbers (random_numbers: independent)",
                    side.path()))
            : List.of();
    return new Comparison(
        null,
        side,
        !problems.isEmpty() ? State.INCOMPARABLE : departs ? State.REGRESSION : State.SAME,
        Pairing.INDEPENDENT,
        problems,
        List.of(),
        tolerances.level(),
        Counts.NONE,
        List.of(),
        List.of(),
        List.of(),
        Grid.NONE,
        List.of(),
        theory,
        Cost.UNKNOWN,
        Optional.empty());
  }

  /** None where cells share random numbers: their z move together. */
  private List<TheoryCheck> theory(ResultsFolder folder, double level) {
    if (CellErrors.of(folder.provenance()) != CellErrors.INDEPENDENT || folder.cellsAreOutdated()) {
      return List.of();
    }
    try (Query query = Query.cells(folder, limits)) {
      return TheoryCheck.of(query, level);
    }
  }

  private List<BoundaryShift> boundaries(
      Query pair, ResultsFolder before, ResultsFolder after, Pairing pairing) {
    boolean trained =
        pair.rows("select count(*) as n from before where task = 'training'").row(0).whole("n") > 0;
    if (!trained) {
      return List.of();
    }
    return BoundaryShift.of(maps(before), maps(after), pairing);
  }

  /**
   * With replicates by their numbers, whatever cells share: a number says which networks are a
   * pair, and a network that fails in one sweep alone does not change those of others.
   */
  private List<TrainingMap> maps(ResultsFolder folder) {
    try (Query query = Query.open(folder, limits)) {
      return TrainingMap.of(query, CellErrors.SHARED, OptionalDouble.empty());
    }
  }

  private static Cost cost(Query query) {
    String mean = "select %s 1e6 * avg(unit_seconds / unit_rows) as t from %s %s";
    Map<String, Double> tasks = new LinkedHashMap<>();
    query
        .rows(mean.formatted("task,", Query.AFTER, "group by task order by task"))
        .forEach(row -> tasks.put(row.text("task"), row.number("t")));
    return new Cost(
        query.rows(mean.formatted("", Query.BEFORE, "")).row(0).number("t"),
        query.rows(mean.formatted("", Query.AFTER, "")).row(0).number("t"),
        tasks);
  }
}
