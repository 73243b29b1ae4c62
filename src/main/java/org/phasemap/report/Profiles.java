package org.phasemap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * What happens from layer to layer in each cell: mean and standard deviation over replicates of ln
 * q_l, c_l and ln ‖δ_l‖²/‖δ_L‖², the prediction of each, and mean and standard deviation expected
 * of ln q_l and c_l at the cell's width.
 */
final class Profiles {
  /** More layers than this, over all cells, and profiles are thinned. */
  static final int MOST_LAYERS = 50_000;

  private static final int DIGITS = 4;
  private static final int DIGITS_OF_SPREAD = 2;

  private static final String SQL =
      """
      with layers as (
        select cell_id, unnest(profile_layer) as l, unnest(profile_q) as q,
          unnest(profile_c) as c,
          unnest(list_transform(profile_ln_gradient, lambda x: x - profile_ln_gradient[-1])) as g
        from replicates where task = 'propagation' and status = 'measured'
          and cell_id in (select cell_id from cells c where %s)),
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
      from means m join cells c on m.cell_id = c.cell_id group by m.cell_id
      """;

  private Profiles() {}

  /** Writes an array with a profile, or null, for each of the cells. */
  static void write(JsonGenerator json, Query query, List<String> cellIds, ShownCells shown)
      throws IOException {
    Map<String, Rows.Row> byCell = new HashMap<>();
    long layers = 0;
    for (Rows.Row row : query.rows(SQL.formatted(shown.condition()))) {
      byCell.put(row.text("cell_id"), row);
      layers += row.numbers("l").length;
    }
    int stride = (int) Math.max(1, (layers + MOST_LAYERS - 1) / MOST_LAYERS);
    json.writeStartArray();
    for (String id : cellIds) {
      write(json, byCell.get(id), stride);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Rows.@Nullable Row row, int stride)
      throws IOException {
    if (row == null) {
      json.writeNull();
      return;
    }
    double[] layer = row.numbers("l");
    int[] kept = thinned(layer.length, stride);
    json.writeStartObject();
    Numbers.write(json, "l", picked(layer, kept), 9);
    for (String name : List.of("q", "c", "g")) {
      Numbers.write(json, name, picked(row.numbers(name), kept), DIGITS);
      Numbers.write(json, name + "_sd", picked(row.numbers(name + "_sd"), kept), DIGITS_OF_SPREAD);
      double[] theory = row.numbers("theory_" + name);
      if (name.equals("q")) {
        for (int i = 0; i < theory.length; i++) {
          theory[i] = Math.log(theory[i]);
        }
      }
      Numbers.write(json, "theory_" + name, atLayers(theory, layer, kept), DIGITS);
    }
    for (String name : List.of("expected_q", "expected_c")) {
      Numbers.write(json, name, atLayers(row.numbers(name), layer, kept), DIGITS);
      double[] spread = atLayers(row.numbers(name + "_sd"), layer, kept);
      Numbers.write(json, name + "_sd", spread, DIGITS_OF_SPREAD);
    }
    json.writeEndObject();
  }

  /** Every stride-th position, counted so that the last is kept, and the first. */
  private static int[] thinned(int length, int stride) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      if (i == 0 || (length - 1 - i) % stride == 0) {
        kept.add(i);
      }
    }
    return kept.stream().mapToInt(Integer::intValue).toArray();
  }

  private static double[] picked(double[] values, int[] kept) {
    double[] picked = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      picked[i] = kept[i] < values.length ? values[kept[i]] : Double.NaN;
    }
    return picked;
  }

  /** Predictions have an entry for each layer 1…L, whichever layers were recorded. */
  private static double[] atLayers(double[] theory, double[] layer, int[] kept) {
    double[] picked = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      int l = (int) layer[kept[i]];
      picked[i] = l <= theory.length ? theory[l - 1] : Double.NaN;
    }
    return picked;
  }
}
