package org.phasemap.chart.explore;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.explore.selection.LeftOut;

/**
 * The difference of two sweeps on one map, in standard errors of the difference, (a − b)/√(se_a² +
 * se_b²). Where both share random numbers, the difference varies less than that, and the value is
 * too small.
 *
 * @param map of the points that both have; columns x, y, facets, value, a, b, error_a, error_b
 * @param note what the value is
 */
public record Compared(@JsonUnwrapped CellMap map, String note) {
  private static final String NOTE =
      "(a − b)/√(se_a² + se_b²); sweeps of one seed share random numbers, and differ by less than"
          + " that";

  /** Of two maps with the same frame. */
  static Compared of(CellMap a, CellMap b) {
    Map<List<@Nullable Object>, Integer> placesOfB = places(b);
    List<String> keys = keys(a);
    Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(List.of("cell_id"));
    names.addAll(keys);
    names.addAll(List.of("value", "a", "b", "error_a", "error_b", "state"));
    names.forEach(name -> columns.put(name, new ArrayList<>()));
    int both = 0;
    for (Map.Entry<List<@Nullable Object>, Integer> place : places(a).entrySet()) {
      Integer j = placesOfB.remove(place.getKey());
      if (j != null) {
        both++;
        add(columns, keys, a, place.getValue(), b, j);
      }
    }
    List<LeftOut> leftOut = new ArrayList<>(a.leftOut());
    alone(leftOut, "only the first sweep has them", a.columns().size() - both);
    alone(leftOut, "only the second sweep has them", placesOfB.size());
    CellMap map =
        new CellMap(
            a.x(),
            a.y(),
            a.facets(),
            a.at(),
            a.total(),
            both,
            a.thinned(),
            leftOut,
            new Columns(columns, Set.copyOf(keys)));
    return new Compared(map, NOTE);
  }

  private static void alone(List<LeftOut> leftOut, String reason, long cells) {
    if (cells > 0) {
      leftOut.add(new LeftOut(reason, cells));
    }
  }

  private static List<String> keys(CellMap map) {
    Set<String> keys = new LinkedHashSet<>(List.of("x", "y"));
    for (int i = 0; i < map.facets().size(); i++) {
      keys.add("facet" + i);
    }
    return List.copyOf(keys);
  }

  private static Map<List<@Nullable Object>, Integer> places(CellMap map) {
    Map<List<@Nullable Object>, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < map.columns().size(); i++) {
      List<@Nullable Object> place = new ArrayList<>();
      for (String key : keys(map)) {
        place.add(map.columns().at(key, i));
      }
      places.put(place, i);
    }
    return places;
  }

  private static void add(
      Map<String, List<@Nullable Object>> columns,
      List<String> keys,
      CellMap a,
      int i,
      CellMap b,
      int j) {
    put(columns, "cell_id", a.columns().at("cell_id", i));
    keys.forEach(key -> put(columns, key, a.columns().at(key, i)));
    double meanA = a.columns().number("value", i);
    double meanB = b.columns().number("value", j);
    double errorA = a.columns().number("error", i);
    double errorB = b.columns().number("error", j);
    put(columns, "value", (meanA - meanB) / Math.hypot(errorA, errorB));
    put(columns, "a", meanA);
    put(columns, "b", meanB);
    put(columns, "error_a", errorA);
    put(columns, "error_b", errorB);
    Object stateA = a.columns().at("state", i);
    Object stateB = b.columns().at("state", j);
    put(columns, "state", "finite".equals(stateA) ? stateB : stateA);
  }

  private static void put(
      Map<String, List<@Nullable Object>> columns, String name, @Nullable Object value) {
    Objects.requireNonNull(columns.get(name)).add(value);
  }
}
