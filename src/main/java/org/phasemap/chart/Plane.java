package org.phasemap.chart;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * What a map shows over which axes.
 *
 * @param quantity whose logarithm is shown: {@code ln_gradient_gain}, or {@code ln_q} where
 *     gradients were not measured
 * @param x {@code sigma_multiplier}, or {@code sigma_w2} where cells have no multiplier
 * @param y {@code depth}, or the first other axis with more than one value where all cells have one
 *     depth
 */
public record Plane(String quantity, String x, String y) {
  static Plane of(Query query) {
    boolean gradients = count(query, "count(ln_gradient_gain_mean)", Condition.ALL) > 0;
    Condition bare = Condition.of("task = 'propagation' and sigma_multiplier is null");
    Axis<?> x = count(query, "count(*)", bare) == 0 ? Axis.SIGMA_MULTIPLIER : Axis.SIGMA_W2;
    Axis<?> y =
        Axis.in(Axis.Order.UPWARDS).stream()
            .filter(axis -> values(query, axis).size() > 1)
            .findFirst()
            .orElse(Axis.DEPTH);
    return new Plane(gradients ? "ln_gradient_gain" : "ln_q", x.column(), y.column());
  }

  /** The axes that have more than one value and are not drawn. */
  List<Facet> facets(Query query) {
    List<Facet> facets = new ArrayList<>();
    for (Axis<?> axis : Axis.in(Axis.Order.FACETS)) {
      List<Object> values = values(query, axis);
      if (values.size() > 1 && !axis.column().equals(y)) {
        facets.add(new Facet(axis, values.get(0), values.subList(1, values.size())));
      }
    }
    return facets;
  }

  private static long count(Query query, String what, Condition condition) {
    return query.rows("select " + what + " as n from cells where %s", condition).row(0).whole("n");
  }

  /** The values of an axis, in the order of menus. */
  static List<Object> values(Query query, Axis<?> axis) {
    String sql =
        "select distinct %s as v from cells where task = 'propagation' and v is not null order by v"
            .formatted(axis.column());
    List<Object> values = new ArrayList<>();
    for (Rows.Row row : query.rows(axis.isDescending() ? sql + " desc" : sql)) {
      Object value = row.value("v");
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }
}
