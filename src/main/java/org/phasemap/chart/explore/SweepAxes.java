package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.phasemap.chart.WantedCells;
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

  /** Of the cells of a task. */
  static SweepAxes of(Query query, String task, WantedCells wanted) {
    Map<Axis<?>, List<Object>> all = new LinkedHashMap<>();
    for (Axis<?> axis : MENU) {
      List<Object> values = wanted.sorted(axis, values(query, axis, task));
      if (!values.isEmpty()) {
        all.put(axis, values);
      }
    }
    long bare =
        query
            .rows(
                "select count(*) as n from drawn where task = ? and sigma_multiplier is null", task)
            .row(0)
            .whole("n");
    return new SweepAxes(task, all, bare == 0);
  }

  private static List<Object> values(Query query, Axis<?> axis, String task) {
    String sql =
        "select distinct %1$s as v from drawn where %1$s is not null and %%s order by v%2$s"
            .formatted(axis.column(), axis.isDescending() ? " desc" : "");
    List<Object> values = new ArrayList<>();
    for (Rows.Row row : query.rows(sql, Condition.is("task", task))) {
      values.add(Objects.requireNonNull(row.value("v")));
    }
    return values;
  }

  /** Axes with more than one value, in the order of menus. */
  public List<Axis<?>> varying() {
    return values.entrySet().stream()
        .filter(axis -> axis.getValue().size() > 1)
        .<Axis<?>>map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a value can be chosen on an axis: not where the others decide it. */
  boolean isFree(Axis<?> axis) {
    return !axis.equals(Axis.SIGMA_W2) || !multiplierDecides;
  }

  /** What one draws to the right: σ, else the first axis with more than one value. */
  public Axis<?> usualX() {
    Axis<?> sigma =
        values.containsKey(Axis.SIGMA_MULTIPLIER) ? Axis.SIGMA_MULTIPLIER : Axis.SIGMA_W2;
    return values.containsKey(sigma) || values.isEmpty()
        ? sigma
        : values.keySet().iterator().next();
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
