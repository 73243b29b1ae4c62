package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.Digits;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * A quantity of every network of a cell.
 *
 * @param quantity its column
 * @param values finite ones, in the order of the replicates
 * @param mean of these, as {@code cells} has it
 * @param error its standard error
 * @param law what theory expects of random networks of this width; null where it has none
 */
@Digits(7)
public record Replicates(
    String quantity, List<Double> values, double mean, double error, @Nullable Law law) {

  /** Mean and standard deviation over networks. */
  public record Law(double mean, double sd) {}

  /** Those of a cell, if the sweep has it. */
  static Optional<Replicates> of(Query query, Quantity quantity, Drawn drawn, String id) {
    return CellKey.of(query, id).map(key -> of(query, quantity, drawn, key));
  }

  private static Replicates of(Query query, Quantity quantity, Drawn drawn, CellKey key) {
    List<Double> values = new ArrayList<>();
    query
        .rows(
            "select %1$s::double as v from replicates r where status = 'measured' and %%s and isfinite(v) order by replicate"
                .formatted(quantity.column()),
            key.replicates())
        .forEach(row -> values.add(row.number("v")));
    Rows.Row cell =
        query
            .rows(
                "select %s as mean, %s as error, %s as expected, %s as sd from drawn c where %%s"
                    .formatted(drawn.mean(), drawn.error(), drawn.expected(), drawn.expectedSd()),
                key.cell())
            .row(0);
    double expected = cell.number("expected");
    return new Replicates(
        quantity.column(),
        values,
        cell.number("mean"),
        cell.number("error"),
        Double.isNaN(expected) ? null : new Law(expected, cell.number("sd")));
  }
}
