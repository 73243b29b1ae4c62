package org.phasemap.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.phasemap.query.Query;

/**
 * Which cells a page holds: all, or of the axes with the most values every k-th, so that what is
 * left is a grid. Trained cells are always shown.
 *
 * @param condition SQL, true for the cells {@code c} that are shown
 * @param note which they are; empty where all are shown
 */
record ShownCells(String condition, Optional<String> note) {
  /** Some 20 MB of a page, which browsers open in a second or two. */
  static final int MOST = 20_000;

  private static final List<String> AXES =
      List.of(
          "sigma_multiplier",
          "sigma_w2",
          "sigma_b2",
          "depth",
          "width",
          "keep_probability",
          "input_q0",
          "input_c0");

  /** Of a sweep, if a page may have {@code most} measured cells. */
  static ShownCells of(Query query, int most) {
    long all = measured(query, "true");
    Map<String, Long> values = new LinkedHashMap<>();
    Map<String, Integer> strides = new LinkedHashMap<>();
    for (String axis : AXES) {
      // A scheme gives every activation σ_w² of its own.
      if (!axis.equals("sigma_w2") || values.getOrDefault("sigma_multiplier", 0L) == 0) {
        values.put(axis, count(query, "count(distinct " + axis + ")", "true"));
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

  private static long measured(Query query, String condition) {
    return count(query, "count(*)", condition);
  }

  private static long count(Query query, String what, String condition) {
    return query
        .rows(
            "select %s as n from cells c where task = 'propagation' and %s"
                .formatted(what, condition))
        .row(0)
        .whole("n");
  }

  private static String condition(Map<String, Integer> strides) {
    String thinned =
        strides.entrySet().stream()
            .map(axis -> condition(axis.getKey(), axis.getValue()))
            .collect(Collectors.joining(" and "));
    return thinned.isEmpty() ? "true" : "(c.task <> 'propagation' or (" + thinned + "))";
  }

  private static String condition(String axis, int stride) {
    return """
    (c.%1$s is null or c.%1$s in (
      select v from (
        select v, row_number() over (order by v) - 1 as i
        from (select distinct %1$s as v from cells where task = 'propagation'))
      where i %% %2$d = 0))"""
        .formatted(axis, stride);
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
