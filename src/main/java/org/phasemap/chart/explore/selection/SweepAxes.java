package org.phasemap.chart.explore.selection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.phasemap.chart.map.UsualFacets;
import org.phasemap.chart.map.WantedCells;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * The axes on which the cells of a task have a value, in the order of menus.
 *
 * @param task propagation or training
 * @param values of each axis that has any, in the order of menus
 * @param multiplierDecides whether every cell has a σ-multiplier, which with the other axes says
 *     what σ_w² is
 */
public record SweepAxes(String task, Map<Axis<?>, List<Object>> values, boolean multiplierDecides) {
  /** What tells cells apart, from what one splits first to what is drawn along. */
  private static final List<Axis<?>> MENU = menu();

  private static List<Axis<?>> menu() {
    Set<Axis<?>> menu = new LinkedHashSet<>();
    menu.add(Axis.ACTIVATION);
    menu.addAll(Axis.in(Axis.Order.FACETS));
    menu.addAll(Axis.all());
    menu.removeAll(List.of(Axis.TASK, Axis.DEPTH, Axis.SIGMA_MULTIPLIER, Axis.SIGMA_W2));
    menu.addAll(List.of(Axis.DEPTH, Axis.SIGMA_MULTIPLIER, Axis.SIGMA_W2));
    return List.copyOf(menu);
  }

  /** Of the cells of each task that has any. */
  public static Map<String, SweepAxes> of(Query query) {
    List<String> ends = new ArrayList<>(List.of("count(*) - count(sigma_multiplier) as bare"));
    for (Axis<?> axis : MENU) {
      ends.add("min(%1$s) as low_%1$s, max(%1$s) as high_%1$s".formatted(axis.column()));
    }
    Map<String, SweepAxes> all = new LinkedHashMap<>();
    String sql = "select task, %s from drawn where task is not null group by task order by task";
    for (Rows.Row row : query.rows(sql.formatted(String.join(", ", ends)))) {
      String task = row.text("task");
      all.put(task, new SweepAxes(task, values(query, row, task), row.whole("bare") == 0));
    }
    return all;
  }

  /** Most axes have one value, which is the least and the largest; the others are looked for. */
  private static Map<Axis<?>, List<Object>> values(Query query, Rows.Row ends, String task) {
    Map<Axis<?>, List<Object>> all = new LinkedHashMap<>();
    Map<Axis<?>, String> several = new LinkedHashMap<>();
    for (Axis<?> axis : MENU) {
      Object low = ends.value("low_" + axis.column());
      if (low != null) {
        all.put(axis, List.of(low));
        if (!low.equals(ends.value("high_" + axis.column()))) {
          several.put(
              axis,
              "%2$s(list(distinct %1$s) filter (where %1$s is not null)) as %1$s"
                  .formatted(
                      axis.column(), axis.isDescending() ? "list_reverse_sort" : "list_sort"));
        }
      }
    }
    if (!several.isEmpty()) {
      String sql = "select " + String.join(", ", several.values()) + " from drawn where %s";
      Rows.Row lists = query.rows(sql, Condition.is("task", task)).row(0);
      for (Axis<?> axis : several.keySet()) {
        if (lists.value(axis.column()) instanceof List<?> values) {
          all.put(axis, List.copyOf(values));
        }
      }
    }
    return all;
  }

  /** The same with names in the order of the spec. */
  public SweepAxes sorted(WantedCells wanted) {
    Map<Axis<?>, List<Object>> sorted = new LinkedHashMap<>();
    values.forEach((axis, of) -> sorted.put(axis, wanted.sorted(axis, of)));
    return new SweepAxes(task, sorted, multiplierDecides);
  }

  /** Axes with more than one value, in the order of menus. */
  public List<Axis<?>> varying() {
    return values.entrySet().stream()
        .filter(axis -> axis.getValue().size() > 1)
        .<Axis<?>>map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a value can be chosen on an axis: not where the others decide it. */
  public boolean isFree(Axis<?> axis) {
    return !axis.equals(Axis.SIGMA_W2) || !multiplierDecides;
  }

  /**
   * What one draws to the right: σ if it varies, else the first axis of numbers that does, those
   * first that are drawn upwards.
   */
  public Axis<?> usualX() {
    Axis<?> sigma =
        values.containsKey(Axis.SIGMA_MULTIPLIER) ? Axis.SIGMA_MULTIPLIER : Axis.SIGMA_W2;
    List<Axis<?>> candidates = new ArrayList<>(List.of(sigma));
    candidates.addAll(Axis.in(Axis.Order.UPWARDS));
    varying().stream().filter(axis -> axis.stored() != String.class).forEach(candidates::add);
    return candidates.stream()
        .filter(varying()::contains)
        .findFirst()
        .orElseGet(
            () ->
                values.containsKey(sigma) || values.isEmpty()
                    ? sigma
                    : values.keySet().iterator().next());
  }

  /** What one draws a map for each value of. */
  public List<Axis<?>> usualFacets(Axis<?> x, Axis<?> y) {
    return UsualFacets.of(count(Axis.ACTIVATION, x, y), count(Axis.ARCHITECTURE, x, y));
  }

  /** How many values an axis has that is not drawn. */
  private int count(Axis<?> axis, Axis<?> x, Axis<?> y) {
    return axis.equals(x) || axis.equals(y) ? 0 : values.getOrDefault(axis, List.of()).size();
  }

  /** What one draws upwards over an axis: the first such axis with more than one value. */
  public Axis<?> usualY(Axis<?> x) {
    Optional<Axis<?>> first =
        Axis.in(Axis.Order.UPWARDS).stream()
            .filter(axis -> varying().contains(axis) && !axis.equals(x))
            .findFirst();
    return first.isPresent() ? first.get() : x.equals(Axis.DEPTH) ? Axis.WIDTH : Axis.DEPTH;
  }
}
