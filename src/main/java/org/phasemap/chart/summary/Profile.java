package org.phasemap.chart.summary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.CellsTable;
import org.phasemap.chart.ShownCells;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.query.ServedTables;
import org.phasemap.store.table.Tables;

/**
 * What happens from layer to layer in one cell.
 *
 * @param layers l, from 1; those that were recorded, thinned where a page would have too many
 * @param curves {@code q} (ln q_l), {@code c} (c_l) and {@code g} (ln ‖δ_l‖²/‖δ_L‖²), over layers
 */
public record Profile(List<Integer> layers, Map<String, Curve> curves) {
  /** More layers than this, over all cells, and profiles are thinned. */
  static final int MOST_LAYERS = 50_000;

  /**
   * One number a layer. Every list is as long as the layers, and NaN where there is no value.
   *
   * @param mean over replicates
   * @param sd standard deviation over replicates
   * @param theory at infinite width
   * @param band what theory expects at the cell's width; null where it has no law there
   */
  public record Curve(
      List<Double> mean, List<Double> sd, List<Double> theory, @Nullable Band band) {}

  /**
   * Theory at a cell's width.
   *
   * @param expected the mean of a random network
   * @param sd its standard deviation
   */
  public record Band(List<Double> expected, List<Double> sd) {}

  private static final String SQL =
      """
      with layers as (
        select cell_id, unnest(profile_layer) as l, unnest(profile_q) as q,
          unnest(profile_c) as c,
          unnest(list_transform(profile_ln_gradient, lambda x: x - profile_ln_gradient[-1])) as g
        from %s r where task = 'propagation' and status = 'measured' and %%s),
      logs as (
        select cell_id, l, case when q > 0 and isfinite(q) then ln(q) end as q,
          case when isfinite(c) then c end as c, case when isfinite(g) then g end as g
        from layers),
      means as (
        select cell_id, l, avg(q) as q, stddev_samp(q) as q_sd, avg(c) as c,
          stddev_samp(c) as c_sd, avg(g) as g, stddev_samp(g) as g_sd
        from logs group by cell_id, l)
      select m.cell_id, list(l order by l) as l, list(q order by l) as q,
        list(q_sd order by l) as q_sd, list(c order by l) as c, list(c_sd order by l) as c_sd,
        list(g order by l) as g, list(g_sd order by l) as g_sd,
        any_value(theory_profile_q) as theory_q, any_value(theory_profile_c) as theory_c,
        any_value(theory_profile_ln_gradient_gain) as theory_g,
        any_value(expected_profile_ln_q) as expected_q,
        any_value(expected_profile_ln_q_sd) as expected_q_sd,
        any_value(expected_profile_c) as expected_c,
        any_value(expected_profile_c_sd) as expected_c_sd
      from means m join %s c on m.cell_id = c.cell_id group by m.cell_id
      """;

  /** Of every cell of the table, in its order; null where no layer was recorded. */
  static List<@Nullable Profile> of(Query query, CellsTable cells, ShownCells shown) {
    Map<String, Rows.Row> byCell = new HashMap<>();
    long layers = 0;
    Condition replicates =
        new Condition(
            "cell_id in (select cell_id from cells c where " + shown.condition().sql() + ")",
            shown.condition().values());
    for (Rows.Row row : query.rows(SQL.formatted(Tables.REPLICATES, Tables.CELLS), replicates)) {
      byCell.put(row.text("cell_id"), row);
      layers += row.wholes("l").size();
    }
    int stride = (int) Math.max(1, (layers + MOST_LAYERS - 1) / MOST_LAYERS);
    return cells.ids().stream()
        .map(byCell::get)
        .<@Nullable Profile>map(r -> of(r, stride))
        .toList();
  }

  /**
   * Of one cell; empty where no layer was recorded.
   *
   * @param query of {@link ServedTables}
   * @param cell its row {@code c}
   * @param networks its rows {@code r}
   */
  public static Optional<Profile> ofCell(Query query, Condition cell, Condition networks) {
    List<Object> values = new ArrayList<>(networks.values());
    values.addAll(cell.values());
    Rows rows =
        query.rows(
            SQL.formatted(
                ServedTables.NETWORKS,
                "(select * from " + ServedTables.CELL_LAYERS + " c where " + cell.sql() + ")"),
            new Condition(networks.sql(), values));
    return rows.size() == 0 ? Optional.empty() : Optional.ofNullable(of(rows.row(0), 1));
  }

  private static @Nullable Profile of(Rows.@Nullable Row row, int stride) {
    if (row == null) {
      return null;
    }
    Layers layers = Layers.of(row.wholes("l"), stride);
    Map<String, Curve> curves = new LinkedHashMap<>();
    curves.put("q", layers.curve(row, "q", Math::log, layers.band(row, "q")));
    curves.put("c", layers.curve(row, "c", DoubleUnaryOperator.identity(), layers.band(row, "c")));
    curves.put("g", layers.curve(row, "g", DoubleUnaryOperator.identity(), null));
    return new Profile(layers.kept, curves);
  }

  /**
   * The layers of a cell.
   *
   * @param places positions of those that are kept, in the lists of the measured
   * @param kept l of each
   */
  private record Layers(List<Integer> places, List<Integer> kept) {
    /** Every stride-th layer, counted so that the last is kept, and the first. */
    static Layers of(List<Integer> all, int stride) {
      List<Integer> places =
          IntStream.range(0, all.size())
              .filter(i -> i == 0 || (all.size() - 1 - i) % stride == 0)
              .boxed()
              .toList();
      return new Layers(places, places.stream().map(all::get).toList());
    }

    Curve curve(Rows.Row row, String name, DoubleUnaryOperator shown, @Nullable Band band) {
      List<Double> theory = predicted(row.numbers("theory_" + name));
      return new Curve(
          measured(row.numbers(name)),
          measured(row.numbers(name + "_sd")),
          theory.stream().map(shown::applyAsDouble).toList(),
          band);
    }

    Band band(Rows.Row row, String name) {
      String expected = "expected_" + name;
      return new Band(predicted(row.numbers(expected)), predicted(row.numbers(expected + "_sd")));
    }

    private List<Double> measured(List<Double> values) {
      return places.stream().map(i -> i < values.size() ? values.get(i) : Double.NaN).toList();
    }

    /** Predictions have an entry for each layer 1…L, whichever layers were recorded. */
    private List<Double> predicted(List<Double> values) {
      return kept.stream().map(l -> l <= values.size() ? values.get(l - 1) : Double.NaN).toList();
    }
  }
}
