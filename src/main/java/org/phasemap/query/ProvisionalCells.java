package org.phasemap.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.phasemap.quantity.Figure;
import org.phasemap.quantity.Quantity;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * The cells of a sweep that runs, averaged from the replicates that are committed by now. The sweep
 * makes {@code cells} at its end, and adds theory.
 */
final class ProvisionalCells {
  /** Values that are averaged: NaN and the infinities are outcomes of a category. */
  private static final String FINITE =
      " filter (where status = 'measured' and isfinite(%1$s::double))";

  static final String SQL = sql();

  private ProvisionalCells() {}

  private static String sql() {
    List<String> select = new ArrayList<>();
    for (Column column : Tables.configuration()) {
      String name = column.name();
      select.add(name.equals("cell_id") ? name : "any_value(" + name + ") as " + name);
    }
    select.add("count(*) filter (where status = 'measured') as replicates");
    select.add("count(*) filter (where status = 'failed') as failed");
    select.add("count(*) filter (where category = 'finite') as finite");
    for (String category : List.of("exploded", "vanished")) {
      select.add(
          "case when any_value(task) <> 'training' then count(*) filter (where category = '"
              + (category + "') end as " + category));
    }
    String trained = "count(*) filter (where category = 'trained')";
    select.add("case when any_value(task) = 'training' then " + trained + " end as trained");
    select.add(
        "case when any_value(task) = 'training' then "
            + trained
            + " / nullif(count(*) filter (where status = 'measured'), 0) end as p_trained");
    for (Quantity quantity : Quantity.all()) {
      for (Figure figure : Figure.of(quantity)) {
        expression(figure)
            .ifPresent(
                sql ->
                    select.add(
                        sql.formatted(quantity.column()) + " as " + figure.column(quantity)));
      }
    }
    return "select " + String.join(", ", select) + " from replicates group by cell_id";
  }

  private static Optional<String> expression(Figure figure) {
    return Optional.ofNullable(
        switch (figure) {
          case MEAN -> "avg(%1$s)" + FINITE;
          case SE -> "stddev_samp(%1$s)" + FINITE + " / sqrt(count(%1$s)" + FINITE + ")";
          case COUNT -> "count(%1$s)" + FINITE;
          case Q05, Q50, Q95, LIMIT, EXPECTED, EXPECTED_SD, Z -> null;
        });
  }
}
