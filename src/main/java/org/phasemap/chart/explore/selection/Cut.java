package org.phasemap.chart.explore.selection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.phasemap.chart.Rounded;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * The cells of a selection that one chart can show: of every axis that tells cells of one point
 * apart, and is neither drawn nor averaged over, the first value.
 *
 * @param total cells of the selection
 * @param left of these that are shown
 * @param condition of those that are shown
 * @param at the values that were chosen, by axis
 * @param leftOut the others
 */
public record Cut(
    long total, long left, Condition condition, Map<Axis<?>, Object> at, List<LeftOut> leftOut) {

  public static Cut of(Query query, SweepAxes axes, Selection selection, Frame frame) {
    Condition chosen = selection.condition();
    // Of the selection, and of those of it that have a value on the first drawn axis, on two, …
    List<Condition> placed = new ArrayList<>(List.of(chosen));
    List<String> counts = new ArrayList<>(List.of("count(*) as n0"));
    List<String> present = new ArrayList<>();
    for (Axis<?> axis : frame.drawn()) {
      present.add("c." + axis.column() + " is not null");
      counts.add(
          "count(*) filter (where %s) as n%d"
              .formatted(String.join(" and ", present), present.size()));
    }
    present.forEach(sql -> placed.add(Condition.of(sql)));
    Condition condition = Condition.allOf(placed);
    Rows.Row counted =
        query.rows("select " + String.join(", ", counts) + " from drawn c where %s", chosen).row(0);
    long total = counted.whole("n0");
    long left = total;
    List<LeftOut> leftOut = new ArrayList<>();
    for (int i = 0; i < frame.drawn().size(); i++) {
      long with = counted.whole("n" + (i + 1));
      add(leftOut, "they have no " + frame.drawn().get(i).label(), left - with);
      left = with;
    }
    Map<Axis<?>, Object> at = new LinkedHashMap<>();
    List<Axis<?>> others =
        axes.varying().stream()
            .filter(axes::isFree)
            .filter(axis -> !frame.drawn().contains(axis))
            .filter(axis -> !frame.average().contains(axis))
            .filter(axis -> !selection.isSingle(axis))
            .collect(Collectors.toCollection(ArrayList::new));
    while (left > 0) {
      Optional<Axis<?>> ambiguous = ambiguous(query, frame, condition, others);
      if (ambiguous.isEmpty()) {
        break;
      }
      Axis<?> axis = ambiguous.get();
      // Those before it are the same within each point, and stay so.
      others.subList(0, others.indexOf(axis) + 1).clear();
      Map<Object, Long> there = counts(query, axis, condition);
      Object value =
          axes.values().getOrDefault(axis, List.of()).stream()
              .filter(there::containsKey)
              .findFirst()
              .orElseThrow();
      at.put(axis, value);
      condition =
          Condition.allOf(List.of(condition, Condition.of("c." + axis.column() + " = ?", value)));
      long with = there.getOrDefault(value, 0L);
      String shown = Rounded.value(value);
      add(leftOut, "their " + axis.label() + " is not " + shown + ", which is shown", left - with);
      left = with;
    }
    return new Cut(total, left, condition, at, leftOut);
  }

  private static void add(List<LeftOut> leftOut, String reason, long cells) {
    if (cells > 0) {
      leftOut.add(new LeftOut(reason, cells));
    }
  }

  /** The first axis on which cells of one point differ. */
  private static Optional<Axis<?>> ambiguous(
      Query query, Frame frame, Condition condition, List<Axis<?>> others) {
    if (others.isEmpty()) {
      return Optional.empty();
    }
    List<String> spreads = new ArrayList<>();
    List<String> any = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      String column = "c." + others.get(i).column();
      spreads.add(
          "min(%1$s) <> max(%1$s) or count(%1$s) not in (0, count(*)) as d%2$d"
              .formatted(column, i));
      any.add("coalesce(bool_or(d%1$d), false) as d%1$d".formatted(i));
    }
    // What an averaged axis decides, as the multiplier does σ_w², is averaged over with it.
    String keys =
        Stream.concat(frame.drawn().stream(), frame.average().stream())
            .map(axis -> "c." + axis.column())
            .collect(Collectors.joining(", "));
    String groups = keys.isEmpty() ? "" : " group by " + keys;
    Rows.Row row =
        query
            .rows(
                "select "
                    + String.join(", ", any)
                    + " from (select "
                    + String.join(", ", spreads)
                    + " from drawn c where %s"
                    + groups
                    + ")",
                condition)
            .row(0);
    for (int i = 0; i < others.size(); i++) {
      if (Boolean.TRUE.equals(row.value("d" + i))) {
        return Optional.of(others.get(i));
      }
    }
    return Optional.empty();
  }

  /** Cells by their value. */
  private static Map<Object, Long> counts(Query query, Axis<?> axis, Condition condition) {
    Map<Object, Long> counts = new HashMap<>();
    String sql =
        "select c.%1$s as v, count(*) as n from drawn c where %%s and c.%1$s is not null group by v"
            .formatted(axis.column());
    for (Rows.Row row : query.rows(sql, condition)) {
      counts.put(Objects.requireNonNull(row.value("v")), row.whole("n"));
    }
    return counts;
  }

  public static long count(Query query, Condition condition) {
    return query.rows("select count(*) as n from drawn c where %s", condition).row(0).whole("n");
  }
}
