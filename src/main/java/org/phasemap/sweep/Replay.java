package org.phasemap.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedSet;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.DataSets;
import org.phasemap.data.FileAccess;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.network.UserException;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.rows.NamedValues;
import org.phasemap.rows.Provenance;
import org.phasemap.rows.RecordedCell;
import org.phasemap.rows.RecordedRows;
import org.phasemap.rows.RecordedRows.Recorded;
import org.phasemap.rows.RowDifference;
import org.phasemap.rows.RowDifference.Comparison;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.CommittedFiles;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * Runs rows of {@code replicates} again, here and without Spark, and compares them with what was
 * committed. They are equal bit for bit on the same backend and kind of processor.
 */
public final class Replay {
  /** What the bits of a row may depend on besides its backend. */
  private static final List<String> CIRCUMSTANCES =
      List.of("phasemap", "rng", "device", "jvm", "os");

  private static final int SHOWN = 5;

  private final ResultsFolder folder;
  private final Spec spec;
  private final RecordedRows rows;
  private final Map<Backend, Plan> plans = new HashMap<>();

  /**
   * How one replicate went.
   *
   * @param replicate its number
   * @param before {@code measured}, or {@code failed} with class and message
   * @param now the same of the run just now
   * @param values compared, entries of lists one by one; 0 unless measured both times
   * @param differences between them, in the order of the columns
   * @param circumstances that were others then: what was, by what is
   */
  public record Replicate(
      int replicate,
      String before,
      String now,
      long values,
      List<RowDifference> differences,
      Map<String, String> circumstances) {
    /** Whether it was measured then and now, with the same bits. */
    public boolean isEqual() {
      return before.equals("measured") && now.equals("measured") && differences.isEmpty();
    }
  }

  /**
   * Of the rows of a results folder.
   *
   * @throws UserException if it has none
   */
  public Replay(ResultsFolder folder, Configuration configuration) {
    this.folder = folder;
    CommittedFiles.check(folder);
    if (folder.dataFiles(Tables.REPLICATES).isEmpty()) {
      throw new UserException(
          folder.path("")
              + ": has no rows; allowed: the results of a sweep that has measured some");
    }
    String yaml =
        folder.specYaml().orElseThrow(() -> new UserException(folder.path("") + ": has no spec"));
    this.spec = SpecReader.resolved(yaml, folder.path("spec.yaml"), new FileAccess(configuration));
    this.rows = new RecordedRows(folder, configuration);
  }

  /**
   * The one cell whose id begins so.
   *
   * @throws UserException if there is none, or more than one
   */
  public String cell(String beginning) throws IOException {
    SortedSet<String> cells = rows.cells(beginning.strip().toLowerCase(Locale.ROOT));
    if (cells.size() == 1) {
      return cells.first();
    }
    String found =
        cells.isEmpty()
            ? "no cell_id begins so"
            : String.format(
                "%,d cell_ids begin so, such as %s",
                cells.size(), String.join(", ", cells.stream().limit(SHOWN).toList()));
    throw new UserException(
        String.format(
            "CELL_ID: %s is not allowed: %s in %s; allowed: a cell_id of its tables, or as much of"
                + " one as no other begins with",
            beginning, found, folder.path("")));
  }

  /**
   * Runs a cell again.
   *
   * @param cellId in full
   * @param wanted replicate, or empty for all that have rows
   * @throws UserException if there is no such row, or if this version, machine or spec cannot
   *     measure what the row describes
   */
  public List<Replicate> run(String cellId, OptionalInt wanted) throws IOException {
    List<Recorded> recorded = rows.of(cellId);
    List<Recorded> chosen =
        recorded.stream()
            .filter(row -> wanted.isEmpty() || row.replicate() == wanted.getAsInt())
            .toList();
    if (chosen.isEmpty()) {
      throw new UserException(
          String.format(
              "--replicate: %d is not allowed: cell %s has no such row; allowed: %s",
              wanted.orElseThrow(),
              cellId,
              String.join(
                  ", ", recorded.stream().map(row -> Integer.toString(row.replicate())).toList())));
    }
    List<Replicate> replicates = new ArrayList<>();
    for (Recorded row : chosen) {
      replicates.add(run(row));
    }
    return replicates;
  }

  private Replicate run(Recorded recorded) {
    Map<String, @Nullable Object> stored = recorded.named();
    Cell cell = RecordedCell.of(spec, stored);
    load(cell.task());
    Backend backend = backend(stored);
    UnitRunner.Rows run =
        UnitRunner.run(
            List.of(
                Schedule.alone(
                    plans.computeIfAbsent(backend, b -> Plan.of(spec, b)),
                    cell,
                    recorded.replicate())),
            spec.limits().cellSeconds());
    Map<String, @Nullable Object> replayed = NamedValues.of(Tables.replicates(), run.rows().get(0));
    String before = status(stored);
    String now = status(replayed);
    Comparison comparison = new Comparison(0, List.of());
    if (before.equals(now) && before.equals("measured")) {
      List<Column> columns =
          recorded.columns().stream().filter(c -> !Tables.TIMES.contains(c.name())).toList();
      comparison = Comparison.of(columns, stored, replayed);
    }
    return new Replicate(
        recorded.replicate(),
        before,
        now,
        comparison.values(),
        comparison.differences(),
        circumstances(recorded.provenance(), Provenance.of(spec, backend)));
  }

  /** What cannot be read is the user's to mend, not a row that fails. */
  private static void load(Task task) {
    if (task instanceof Task.Training training) {
      DataSets.load(training.data());
    } else if (task instanceof Task.Propagation propagation
        && propagation.inputs().source() instanceof Inputs.Chosen chosen) {
      DataSets.load(chosen.data());
    }
  }

  private static Backend backend(Map<String, @Nullable Object> row) {
    String name = (String) Objects.requireNonNull(row.get("backend"));
    return Backends.find(name)
        .filter(Backend::isAvailable)
        .orElseThrow(
            () ->
                new UserException(
                    String.format(
                        "backend: the rows were measured by %s, which this version has not, or not"
                            + " on this machine; allowed: a version and a machine where 'phasemap"
                            + " doctor' finds it",
                        name)));
  }

  private static String status(Map<String, @Nullable Object> row) {
    String status = String.valueOf(row.get("status"));
    return status.equals("failed")
        ? String.format("failed (%s: %s)", row.get("error_class"), row.get("error_message"))
        : status;
  }

  private static Map<String, String> circumstances(
      Map<String, String> then, Map<String, String> now) {
    Map<String, String> others = new LinkedHashMap<>();
    for (String name : CIRCUMSTANCES) {
      String was = then.get(name);
      String is = now.get(name);
      if (was != null && is != null && !was.equals(is)) {
        others.put(name, was + ", now " + is);
      }
    }
    return others;
  }
}
