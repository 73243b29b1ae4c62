package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.CellErrors;
import org.phasemap.chart.Digits;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.summary.LossCurve;
import org.phasemap.chart.summary.Profile;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.TaskKind;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.query.ServedTables;

/**
 * All that is known of one cell.
 *
 * @param cellId its id
 * @param configuration its values by axis
 * @param rows its numbers
 * @param profile its layers; null where none was recorded
 * @param losses of its networks; empty unless trained
 * @param eigenvalues squared singular values of the Jacobian, of its first networks; empty where
 *     not measured
 * @param state what became of it
 * @param reason why networks failed; empty where none did
 * @param noTheory what has no theory and why; empty where theory has all that it ever has
 * @param replay the command that measures it again
 */
public record CellView(
    String cellId,
    Map<String, Object> configuration,
    List<Row> rows,
    @Nullable Profile profile,
    List<LossCurve> losses,
    List<Spectrum> eigenvalues,
    String state,
    String reason,
    String noTheory,
    String replay) {
  /** Spectra have up to thousands of values, and look alike. */
  private static final int MOST_SPECTRA = 8;

  /** What {@link Row} has of {@link Figures}. */
  private static final List<String> FIGURES =
      List.of("mean", "error", "n", "theory", "expected", "band", "z");

  /** A number of a cell: see {@link Figures}. */
  @Digits(7)
  public record Row(
      String quantity,
      String label,
      double mean,
      double error,
      long n,
      double theory,
      double expected,
      double band,
      double z) {}

  /** Of one network, the largest first. */
  public record Spectrum(long replicate, List<Double> values) {}

  /** That of an id, if the sweep has it. */
  static Optional<CellView> of(Query query, List<Drawn> measured, String sweep, String id) {
    return CellKey.of(query, id).map(key -> of(query, measured, sweep, key));
  }

  private static CellView of(Query query, List<Drawn> measured, String sweep, CellKey key) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    key.configuration()
        .forEach(
            (axis, value) ->
                configuration.put(axis.column(), Objects.requireNonNull(Columns.exact(value))));
    Condition replicates = key.replicates();
    Rows.Row cell = query.rows(sql(measured), key.cell()).row(0);
    // What a cell cannot have is not looked for in files.
    boolean trained = TaskKind.TRAINING.id().equals(configuration.get(Axis.TASK.column()));
    return new CellView(
        key.id(),
        configuration,
        numbers(cell, measured),
        trained ? null : Profile.ofCell(query, key.cellInFiles(), replicates).orElse(null),
        trained ? LossCurve.ofCell(query, replicates) : List.of(),
        trained ? List.of() : spectra(query, replicates),
        Outcome.NAMES.get((int) cell.whole("state")),
        cell.whole("failed") == 0 ? "" : reason(query, replicates),
        cell.text("no_theory"),
        "jobs/phasemap replay RESULTS/" + sweep + " " + key.id());
  }

  /** The same with words of other people's files changed. */
  public CellView with(UnaryOperator<String> words) {
    return new CellView(
        cellId,
        configuration,
        rows,
        profile,
        losses,
        eigenvalues,
        state,
        words.apply(reason),
        words.apply(noTheory),
        replay);
  }

  /** Its state is that of the numbers that every network has: the signal's, or of training. */
  private static String sql(List<Drawn> measured) {
    List<String> select = new ArrayList<>(List.of("c.failed", "c.no_theory"));
    select.add(
        """
        case when coalesce(c.replicates, 0) = 0 then %s
          when coalesce(c.exploded, 0) + coalesce(c.vanished, 0) = 0
            then case when c.stopped = 'max' then %s else %s end
          when c.finite > 0 then %s
          when coalesce(c.exploded, 0) > 0 then %s else %s end as state
        """
            .formatted(
                Outcome.FAILED.sql(),
                Outcome.UNDECIDED.sql(),
                Outcome.FINITE.sql(),
                Outcome.PARTLY_FINITE.sql(),
                Outcome.EXPLODED.sql(),
                Outcome.VANISHED.sql()));
    for (Drawn drawn : measured) {
      Map<String, String> figures = new Figures(drawn, CellErrors.SHARED).single();
      FIGURES.forEach(name -> select.add(figures.get(name) + " as " + drawn.id() + "__" + name));
    }
    return "select " + String.join(", ", select) + " from drawn c where %s";
  }

  private static List<Row> numbers(Rows.Row row, List<Drawn> measured) {
    List<Row> numbers = new ArrayList<>();
    for (Drawn drawn : measured) {
      String name = drawn.id() + "__";
      if (row.value(name + "mean") != null || row.value(name + "theory") != null) {
        numbers.add(
            new Row(
                drawn.id(),
                drawn.label(),
                row.number(name + "mean"),
                row.number(name + "error"),
                row.whole(name + "n"),
                row.number(name + "theory"),
                row.number(name + "expected"),
                row.number(name + "band"),
                row.number(name + "z")));
      }
    }
    return numbers;
  }

  private static List<Spectrum> spectra(Query query, Condition replicates) {
    List<Spectrum> spectra = new ArrayList<>();
    query
        .rows(
            "select replicate, jacobian_spectrum as v from "
                + ServedTables.NETWORKS
                + " r where %s"
                + " and jacobian_spectrum is not null order by replicate limit "
                + MOST_SPECTRA,
            replicates)
        .forEach(row -> spectra.add(new Spectrum(row.whole("replicate"), row.numbers("v"))));
    return spectra;
  }

  private static String reason(Query query, Condition replicates) {
    Rows rows =
        query.rows(
            "select printf('%%d networks: %%s: %%s', count(*), error_class,"
                + " any_value(error_message)) as reason from "
                + ServedTables.NETWORKS
                + " r where status = 'failed' and %s"
                + " group by error_class order by count(*) desc, error_class",
            replicates);
    List<String> reasons = new ArrayList<>();
    rows.forEach(row -> reasons.add(row.text("reason")));
    return String.join("; ", reasons);
  }
}
