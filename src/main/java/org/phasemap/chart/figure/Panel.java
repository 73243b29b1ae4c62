package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.explore.selection.Selection;
import org.phasemap.chart.explore.selection.SweepAxes;
import org.phasemap.quantity.Axis;

/**
 * The rows of a table that stand in one small chart.
 *
 * @param at values on the axes of the facets
 * @param title what stands over it
 * @param rows positions in the table
 */
record Panel(Map<Axis<?>, Object> at, String title, List<Integer> rows) {
  /** In the order of the axes' values; one where there are no facets. */
  static List<Panel> of(Columns table, List<Axis<?>> facets, SweepAxes axes) {
    Map<List<Object>, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < table.size(); row++) {
      List<Object> key = new ArrayList<>();
      for (int i = 0; i < facets.size(); i++) {
        key.add(Objects.requireNonNull(table.at("facet" + i, row)));
      }
      rows.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
    }
    Comparator<List<Object>> order = Comparator.comparing(key -> 0);
    for (int i = 0; i < facets.size(); i++) {
      List<Object> values = axes.values().getOrDefault(facets.get(i), List.of());
      int place = i;
      order = order.thenComparing(key -> values.indexOf(key.get(place)));
    }
    List<Map<Object, String>> names = new ArrayList<>();
    for (int i = 0; i < facets.size(); i++) {
      int place = i;
      names.add(
          Values.named(facets.get(i), rows.keySet().stream().map(k -> k.get(place)).toList()));
    }
    return rows.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(order))
        .map(
            entry ->
                new Panel(
                    named(facets, entry.getKey()), title(names, entry.getKey()), entry.getValue()))
        .toList();
  }

  private static Map<Axis<?>, Object> named(List<Axis<?>> facets, List<Object> values) {
    Map<Axis<?>, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < facets.size(); i++) {
      named.put(facets.get(i), values.get(i));
    }
    return named;
  }

  private static String title(List<Map<Object, String>> names, List<Object> values) {
    return IntStream.range(0, values.size())
        .mapToObj(i -> names.get(i).get(values.get(i)))
        .collect(Collectors.joining(", "));
  }

  /** The cells of a selection that stand in it. */
  Selection of(Selection selection) {
    Selection own = selection;
    for (Map.Entry<Axis<?>, Object> facet : at.entrySet()) {
      own = own.and(facet.getKey(), facet.getValue());
    }
    return own;
  }
}
