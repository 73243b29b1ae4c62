package org.phasemap.analysis.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.regress.Comparison;
import org.phasemap.analysis.regress.Side;
import org.phasemap.analysis.regress.SubjectResult;
import org.phasemap.store.Effort;
import org.phasemap.store.ResultsRoot;
import org.phasemap.store.table.Column;

/**
 * All comparisons so far: {@code history.parquet} beside the sweeps' folders, a row for each run
 * and quantity. A run that is compared again takes the place of its former rows.
 */
public final class History {
  /** The file. */
  public static final String FILE = "history.parquet";

  /** The row of what a run's networks cost, with its microseconds of one core. */
  private static final String COST = "microseconds_per_row";

  /** Before the name of a task, or of a phase. */
  private static final String OF_TASK = COST + "_";

  private static final String OF_PHASE = "seconds_";
  private static final String MEMORY = "peak_bytes";

  private static final List<Column> COLUMNS =
      List.of(
          new Column("spec", Column.Type.STRING, "name of the candidate's spec"),
          new Column("run", Column.Type.STRING, "folder of the candidate"),
          new Column("digest", Column.Type.STRING, "of its rows"),
          new Column("baseline", Column.Type.STRING, "digest of what it was held to"),
          new Column(
              "measured",
              Column.Type.STRING,
              "when its last rows were committed, or it was decided not to sweep it, ISO-8601"),
          new Column("state", Column.Type.STRING, "what the comparison came to"),
          new Column("code", Column.Type.STRING, "version and commit that measured it"),
          new Column("backend", Column.Type.STRING, "who computed"),
          new Column("device", Column.Type.STRING, "on what"),
          new Column("cells", Column.Type.LONG, "cells compared"),
          new Column("equal_rows", Column.Type.LONG, "rows equal bit for bit"),
          new Column("quantity", Column.Type.STRING, "column of tables.md, or a cost"),
          new Column("tests", Column.Type.LONG, "cells tested"),
          new Column(
              "beyond", Column.Type.LONG, "cells whose means differ by more than is tolerated"),
          new Column("changed", Column.Type.LONG, "cells found changed"),
          new Column("worse", Column.Type.LONG, "of these, for the worse"),
          new Column("undecided", Column.Type.LONG, "cells that more replicates could decide"),
          new Column("largest", Column.Type.DOUBLE, "largest difference found; a cost's value"));

  private static final int RUN = 1;
  private static final int BASELINE = 3;
  private static final int MEASURED = 4;
  private static final int STATE = 5;
  private static final int QUANTITY = 11;
  private static final int TESTS = 12;
  private static final int LARGEST = 17;

  private final ResultsRoot root;

  public History(ResultsRoot root) {
    this.root = root;
  }

  /** Its columns. */
  public static List<Column> columns() {
    return COLUMNS;
  }

  /** Adds a comparison, and what the candidate's sweep took. */
  public void add(Comparison comparison, Effort effort) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (@Nullable Object[] row : root.rows(FILE, COLUMNS)) {
      if (!comparison.candidate().name().equals(row[RUN])) {
        rows.add(row);
      }
    }
    rows.addAll(rows(comparison, effort));
    rows.sort(
        Comparator.comparing((@Nullable Object[] row) -> String.valueOf(row[MEASURED]))
            .thenComparing(row -> String.valueOf(row[RUN])));
    root.replaceRows(FILE, COLUMNS, rows.iterator());
  }

  private static List<@Nullable Object[]> rows(Comparison comparison, Effort effort) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (SubjectResult result : comparison.subjects()) {
      rows.add(row(comparison, result.subject().id(), result, result.largest()));
    }
    costs(comparison.cost(), effort)
        .forEach(
            (name, cost) ->
                rows.add(row(comparison, name, null, Double.isFinite(cost) ? cost : null)));
    return rows;
  }

  /** What a run cost, by names that say the unit. */
  private static Map<String, Double> costs(Comparison.Cost cost, Effort effort) {
    Map<String, Double> costs = new LinkedHashMap<>();
    costs.put(COST, cost.after());
    cost.tasks().forEach((task, microseconds) -> costs.put(OF_TASK + task, microseconds));
    effort.seconds().forEach((phase, seconds) -> costs.put(OF_PHASE + phase, seconds));
    if (effort.peakBytes() > 0) {
      costs.put(MEMORY, (double) effort.peakBytes());
    }
    return costs;
  }

  private static @Nullable Object[] row(
      Comparison comparison,
      String quantity,
      @Nullable SubjectResult result,
      @Nullable Double largest) {
    Side run = comparison.candidate();
    Side baseline = comparison.baseline();
    return new @Nullable Object[] {
      run.says("spec"),
      run.name(),
      run.digest(),
      baseline == null ? null : baseline.digest(),
      run.measured(),
      comparison.state().id(),
      run.says("phasemap"),
      run.says("backend"),
      run.says("device"),
      comparison.counts().cells(),
      comparison.counts().equalRows(),
      quantity,
      result == null ? null : result.tests(),
      result == null ? null : result.beyond(),
      result == null ? null : result.changed(),
      result == null ? null : result.worse(),
      result == null ? null : result.undecided(),
      largest
    };
  }

  /**
   * What a run came to.
   *
   * @param baseline digest of what it was held to
   * @param state by its name in lower case
   */
  public record Entry(String baseline, String state) {}

  /** The comparison of a run, if there is one. */
  public Optional<Entry> of(String run) {
    return root.rows(FILE, COLUMNS).stream()
        .filter(row -> run.equals(row[RUN]))
        .map(row -> new Entry(String.valueOf(row[BASELINE]), String.valueOf(row[STATE])))
        .findFirst();
  }

  /**
   * What the run before a run came to, of those held to the same baseline; empty if it is the
   * first.
   */
  public Optional<String> stateBefore(Comparison comparison) {
    Side baseline = comparison.baseline();
    String latest = null;
    for (@Nullable Object[] row : root.rows(FILE, COLUMNS)) {
      boolean isBefore =
          String.valueOf(row[MEASURED]).compareTo(comparison.candidate().measured()) <= 0
              && !comparison.candidate().name().equals(row[RUN]);
      if (isBefore && baseline != null && baseline.digest().equals(row[BASELINE])) {
        latest = String.valueOf(row[STATE]);
      }
    }
    return Optional.ofNullable(latest);
  }

  /**
   * What runs took over the nights.
   *
   * @param baseline digest of what they were held to
   * @param cost its name, which says the unit
   * @param runs in order of time
   * @param values one for each run
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Series(String baseline, String cost, List<String> runs, double[] values) {}

  /** The costs of each baseline's runs. */
  public List<Series> costs() {
    Map<List<String>, List<@Nullable Object[]>> series = new LinkedHashMap<>();
    for (@Nullable Object[] row : root.rows(FILE, COLUMNS)) {
      if (row[TESTS] == null && row[LARGEST] != null) {
        List<String> key = List.of(String.valueOf(row[BASELINE]), String.valueOf(row[QUANTITY]));
        series.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
      }
    }
    return series.values().stream()
        .map(
            rows ->
                new Series(
                    String.valueOf(rows.get(0)[BASELINE]),
                    String.valueOf(rows.get(0)[QUANTITY]),
                    rows.stream().map(row -> String.valueOf(row[RUN])).toList(),
                    rows.stream().mapToDouble(row -> (Double) row[LARGEST]).toArray()))
        .toList();
  }
}
