package org.phasemap.chart.explore.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;

/**
 * Where there are too many points for a browser: of an axis every k-th value is shown, so that what
 * is left is a grid.
 *
 * @param axis its column
 * @param every k
 */
public record Thinned(String axis, int every) {

  /**
   * Thins the axes with the most values until few enough points are left.
   *
   * @param condition of the cells {@code c} that would be shown
   */
  static List<Thinned> of(Query query, Frame frame, Condition condition, int most) {
    if (frame.drawn().isEmpty() || points(query, frame, condition) <= most) {
      return List.of();
    }
    Map<Axis<?>, Long> values = new LinkedHashMap<>();
    Map<Axis<?>, Integer> strides = new LinkedHashMap<>();
    for (Axis<?> axis : frame.drawn()) {
      String sql = "select count(distinct c.%s) as n from drawn c where %%s";
      values.put(axis, query.rows(sql.formatted(axis.column()), condition).row(0).whole("n"));
      strides.put(axis, 1);
    }
    List<Thinned> thinned;
    do {
      Axis<?> longest =
          values.keySet().stream()
              .max(Comparator.comparingLong(axis -> left(values, strides, axis)))
              .orElseThrow();
      strides.merge(longest, 1, Integer::sum);
      thinned = list(strides);
    } while (points(query, frame, applied(condition, thinned)) > most);
    return thinned;
  }

  private static long left(Map<Axis<?>, Long> values, Map<Axis<?>, Integer> strides, Axis<?> axis) {
    int stride = strides.getOrDefault(axis, 1);
    return (values.getOrDefault(axis, 0L) + stride - 1) / stride;
  }

  private static List<Thinned> list(Map<Axis<?>, Integer> strides) {
    return strides.entrySet().stream()
        .filter(stride -> stride.getValue() > 1)
        .map(stride -> new Thinned(stride.getKey().column(), stride.getValue()))
        .toList();
  }

  /** The cells that are left. */
  static Condition applied(Condition condition, List<Thinned> thinned) {
    List<Condition> all = new ArrayList<>(List.of(condition));
    for (Thinned each : thinned) {
      List<Object> values = new ArrayList<>(condition.values());
      values.add(each.every);
      all.add(
          new Condition(
              """
              c.%1$s in (select v from (
                select v, row_number() over (order by v) - 1 as i
                from (select distinct c.%1$s as v from drawn c where %2$s)) where mod(i, ?) = 0)
              """
                  .formatted(each.axis, condition.sql()),
              values));
    }
    return Condition.allOf(all);
  }

  private static long points(Query query, Frame frame, Condition condition) {
    String sql =
        "select count(*) as n from (select distinct " + frame.keys() + " from drawn c where %s)";
    return query.rows(sql, condition).row(0).whole("n");
  }
}
