package org.phasemap.chart.summary;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.phasemap.chart.CellsTable;
import org.phasemap.chart.Digits;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.query.ServedTables;

/**
 * The loss of one trained network.
 *
 * @param replicate its number
 * @param category what became of it
 * @param step optimisation steps, as many as losses
 * @param loss of a minibatch at each; NaN where it overflowed
 */
public record LossCurve(
    @JsonProperty("r") long replicate,
    String category,
    List<Integer> step,
    @Digits(4) List<Double> loss) {

  /** Of every trained network, by the position of its cell in the table. */
  static Map<Integer, List<LossCurve>> of(Query query, CellsTable cells) {
    Map<String, Integer> positions = cells.positions();
    Rows rows =
        query.rows(
            "select cell_id, replicate, category, curve_step, curve_loss from replicates"
                + " where task = 'training' and status = 'measured' order by cell_id, replicate");
    Map<Integer, List<LossCurve>> curves = new TreeMap<>();
    for (Rows.Row row : rows) {
      Integer position = positions.get(row.text("cell_id"));
      if (position != null) {
        curves.computeIfAbsent(position, p -> new ArrayList<>()).add(of(row));
      }
    }
    return curves;
  }

  /**
   * Of the networks of one cell.
   *
   * @param query of {@link ServedTables}
   * @param networks its rows {@code r}
   */
  public static List<LossCurve> ofCell(Query query, Condition networks) {
    List<LossCurve> curves = new ArrayList<>();
    query
        .rows(
            "select replicate, category, curve_step, curve_loss from "
                + ServedTables.NETWORKS
                + " r where task = 'training' and status = 'measured' and %s order by replicate",
            networks)
        .forEach(row -> curves.add(of(row)));
    return curves;
  }

  private static LossCurve of(Rows.Row row) {
    return new LossCurve(
        row.whole("replicate"),
        row.text("category"),
        row.wholes("curve_step"),
        row.numbers("curve_loss"));
  }
}
