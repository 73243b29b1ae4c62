package org.phasemap.chart;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;

/**
 * Which cells a page holds: all, or of the axes with the most values every k-th, so that what is
 * left is a grid. Trained cells are always shown.
 *
 * @param condition of the cells {@code c} that are shown
 * @param note which they are; empty where all are shown
 */
public record ShownCells(Condition condition, Optional<String> note) {
  /** Some 20 MB of a page, which browsers open in a second or two. */
  public static final int MOST = 20_000;

  /** Of a sweep, if a page may have {@code most} measured cells. */
  public static ShownCells of(Query query, int most) {
    long all = measured(query, Condition.ALL);
    Map<String, Long> values = new LinkedHashMap<>();
    Map<String, Integer> strides = new LinkedHashMap<>();
    for (Axis<?> thinned : Axis.in(Axis.Order.THINNED)) {
      String axis = thinned.column();
      // A scheme gives every activation σ_w² of its own.
      if (!thinned.equals(Axis.SIGMA_W2)
          || values.getOrDefault(Axis.SIGMA_MULTIPLIER.column(), 0L) == 0) {
        values.put(axis, count(query, "count(distinct " + axis + ")", Condition.ALL));
      }
    }
    long shown = all;
    while (shown > most) {
      String longest =
          values.keySet().stream()
              .max(Comparator.comparingLong(axis -> left(values, strides, axis)))
              .orElseThrow();
      if (left(values, strides, longest) <= 1) {
        break;
      }
      strides.merge(longest, 2, (stride, two) -> stride + 1);
      shown = measured(query, condition(strides));
    }
    return new ShownCells(condition(strides), note(strides, shown, all));
  }

  /** Values of an axis that are shown. */
  private static long left(Map<String, Long> values, Map<String, Integer> strides, String axis) {
    int stride = strides.getOrDefault(axis, 1);
    return (values.getOrDefault(axis, 0L) + stride - 1) / stride;
  }

  private static long measured(Query query, Condition condition) {
    return count(query, "count(*)", condition);
  }

  private static long count(Query query, String what, Condition condition) {
    String sql = "select " + what + " as n from cells c where task = 'propagation' and %s";
    return query.rows(sql, condition).row(0).whole("n");
  }

  private static Condition condition(Map<String, Integer> strides) {
    if (strides.isEmpty()) {
      return Condition.ALL;
    }
    Condition thinned =
        Condition.allOf(
            strides.entrySet().stream()
                .map(axis -> everyOf(axis.getKey(), axis.getValue()))
                .toList());
    return new Condition("(c.task <> 'propagation' or " + thinned.sql() + ")", thinned.values());
  }

  /** Every stride-th value of an axis, and cells that have none. */
  private static Condition everyOf(String axis, int stride) {
    return Condition.of(
        """
        c.%1$s is null or c.%1$s in (
          select v from (
            select v, row_number() over (order by v) - 1 as i
            from (select distinct %1$s as v from cells where task = 'propagation'))
          where mod(i, ?) = 0)\
        """
            .formatted(axis),
        stride);
  }

  private static Optional<String> note(Map<String, Integer> strides, long shown, long all) {
    if (strides.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        strides.entrySet().stream()
                .map(axis -> "1 of " + axis.getValue() + " values of " + axis.getKey())
                .collect(Collectors.joining(", "))
            + String.format(Locale.ROOT, ": %,d of %,d measured cells; ", shown, all)
            + "the tables have all");
  }
}
