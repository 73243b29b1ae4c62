package org.phasemap.store.table;

import static org.phasemap.store.table.Column.Type.DOUBLE;
import static org.phasemap.store.table.Column.Type.DOUBLE_LIST;
import static org.phasemap.store.table.Column.Type.INT;
import static org.phasemap.store.table.Column.Type.INT_LIST;
import static org.phasemap.store.table.Column.Type.LONG;
import static org.phasemap.store.table.Column.Type.STRING;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Figure;
import org.phasemap.quantity.Measured;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.Statistics;

/**
 * The schemas of the two tables. What is measured and what theory has of it stand in the order of
 * {@link Measured#place}.
 */
public final class Tables {
  public static final String REPLICATES = "replicates";
  public static final String CELLS = "cells";

  /** Say when and with whom a row was measured, not what came of it. */
  public static final Set<String> TIMES = Set.of("unit_seconds", "unit_rows");

  /** The oldest version whose {@code cells} mean what they mean now: z_ had another definition. */
  public static final int OLDEST_CELLS = 2;

  /** The latest with a column that is no quantity's: why there is no theory. */
  private static final int OWN_VERSION = 8;

  /** The latest version that a column came with. */
  public static final int SCHEMA_VERSION =
      Math.max(OWN_VERSION, measured().mapToInt(Measured::since).max().orElseThrow());

  private static final List<Column> CONFIGURATION =
      Stream.concat(
              Stream.of(
                  column(
                      "cell_id",
                      STRING,
                      "hash of the cell's resolved configuration, 16 hex digits")),
              Axis.all().stream().map(Tables::column))
          .toList();

  private static final List<Column> ROW =
      List.of(
          column("replicate", INT, "number of the random network, from 0"),
          column(
              "sampler",
              STRING,
              "dense (explicit weights) or weight_free (what the weights do to the inputs)"),
          column("backend", STRING, "who computed: the spec's backend, or what auto came to"),
          column("status", STRING, "measured or failed"),
          column("error_class", STRING, "of a failed row"),
          column("error_message", STRING, "of a failed row"),
          column(
              "category",
              STRING,
              "finite, exploded (a NaN or Inf in the signal or gradient), vanished (the signal of"
                  + " all inputs, or the gradient of any, is exactly zero); training rows: trained,"
                  + " stalled, diverged"));

  private static final List<Column> REPLICATES_COLUMNS =
      Stream.of(CONFIGURATION, ROW, measuredColumns()).flatMap(List::stream).toList();

  private static final List<Column> CELLS_COLUMNS = cellsColumns();

  private Tables() {}

  /** Columns of {@code replicates}: a row per cell and replicate. */
  public static List<Column> replicates() {
    return REPLICATES_COLUMNS;
  }

  /** A column of {@code replicates} by its name. */
  public static Column replicatesColumn(String name) {
    return replicates().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  /** Columns of a table by its name. */
  public static List<Column> columns(String table) {
    return table.equals(REPLICATES) ? replicates() : cells();
  }

  /** Columns that say what a cell is. */
  public static List<Column> configuration() {
    return CONFIGURATION;
  }

  /** Columns of {@code cells}: a row per cell, built from {@code replicates}. */
  public static List<Column> cells() {
    return CELLS_COLUMNS;
  }

  private static Stream<Measured> measured() {
    return Stream.concat(Quantity.all().stream(), Arrays.stream(Profile.values()));
  }

  private static List<Column> measuredColumns() {
    TreeMap<Integer, Column> places = new TreeMap<>();
    measured().forEach(each -> places.put(each.place(), column(each)));
    // These say how a row was measured.
    places.put(
        27, column("unit_seconds", DOUBLE, "wall seconds of the unit that measured this row"));
    places.put(28, column("unit_rows", LONG, "rows of that unit"));
    places.put(
        70, column("outputs", INT, "k, read-outs; the columns that follow are null for one"));
    return List.copyOf(places.values());
  }

  private static Column column(Axis<?> axis) {
    Column.Type type =
        axis.stored() == String.class ? STRING : axis.stored() == Integer.class ? INT : DOUBLE;
    return column(axis.column(), type, axis.meaning());
  }

  private static Column column(Measured measured) {
    return column(measured.column(), type(measured), measured.meaning());
  }

  private static Column.Type type(Measured measured) {
    if (measured instanceof Quantity quantity) {
      return quantity.domain().isWhole() ? INT : DOUBLE;
    }
    return ((Profile) measured).isWhole() ? INT_LIST : DOUBLE_LIST;
  }

  private static List<Column> cellsColumns() {
    List<Column> columns = new ArrayList<>(CONFIGURATION);
    columns.add(column("replicates", LONG, "measured rows of the cell"));
    columns.add(column("failed", LONG, "failed rows of the cell"));
    columns.add(column("finite", LONG, "rows of category finite"));
    columns.add(column("trained", LONG, "rows of category trained; null unless trained"));
    columns.add(
        column(
            "stopped",
            STRING,
            "why there are no more replicates: fixed (the spec gives a number), until (the"
                + " confidence intervals are narrow enough), max (they are not, but the spec wants"
                + " no more), not_finite (fewer than two replicates have a value)"));
    // Each version appended its own.
    List<Quantity> averaged = with(Statistics.MEAN);
    List<Quantity> compared = with(Statistics.QUANTILES);
    add(columns, averaged, figure -> figure == Figure.MEAN || figure == Figure.SE);
    add(columns, compared, figure -> figure != Figure.COUNT);
    columns.add(
        column(
            "p_trained",
            DOUBLE,
            "trained/replicates: estimate of P(trained); null unless trained"));
    columns.add(
        column("p_trained_low", DOUBLE, "lower end of Wilson's 95 % confidence interval of it"));
    columns.add(column("p_trained_high", DOUBLE, "upper end"));
    columns.add(
        column(
            "phase",
            STRING,
            "ordered, critical, chaotic, unstable_eoc, no_fixed_point; from the inputs' mean q₁, as"
                + " docs/theory.md says"));
    columns.add(column("theory_chi1", DOUBLE, "χ₁ = p σ_w² E φ′(√q z)² at layer L"));
    addProfiles(columns, profile -> profile.since() == 1);
    add(columns, averaged, figure -> figure != Figure.MEAN && figure != Figure.SE);
    addProfiles(columns, profile -> profile.since() > 1);
    columns.add(column("exploded", LONG, "rows of category exploded; null if trained"));
    columns.add(column("vanished", LONG, "rows of category vanished; null if trained"));
    add(columns, compared, figure -> figure == Figure.COUNT);
    columns.add(
        column(
            "no_theory",
            STRING,
            "what has no theory and why, such as gradients: no formula for max pooling across"
                + " positions; null where theory has all that it ever has"));
    return List.copyOf(columns);
  }

  private static List<Quantity> with(Statistics statistics) {
    return Quantity.all().stream().filter(q -> q.statistics() == statistics).toList();
  }

  private static void add(
      List<Column> columns, List<Quantity> quantities, Predicate<Figure> wanted) {
    for (Quantity quantity : quantities) {
      for (Figure figure : Figure.of(quantity)) {
        if (wanted.test(figure)) {
          Column.Type type = figure == Figure.COUNT ? LONG : DOUBLE;
          columns.add(column(figure.column(quantity), type, figure.meaning(quantity)));
        }
      }
    }
  }

  private static void addProfiles(List<Column> columns, Predicate<Profile> wanted) {
    List<Profile> profiles = Arrays.stream(Profile.values()).filter(wanted).toList();
    for (Profile profile : profiles) {
      if (profile.theory().hasLimit()) {
        columns.add(
            column(
                profile.limitColumn(),
                DOUBLE_LIST,
                "predicted " + profile.predicted() + ", l = 1…L, infinite width"));
      }
    }
    for (Profile profile : profiles) {
      if (profile.theory().hasBand()) {
        String name = profile.expectedColumn();
        String scalar = Figure.EXPECTED.column(profile.scalar());
        String spread = Figure.EXPECTED_SD.column(profile.scalar());
        columns.add(column(name, DOUBLE_LIST, "as " + scalar + ", layer l"));
        columns.add(column(name + "_sd", DOUBLE_LIST, "as " + spread + ", layer l"));
      }
    }
  }

  private static Column column(String name, Column.Type type, String meaning) {
    return new Column(name, type, meaning);
  }
}
