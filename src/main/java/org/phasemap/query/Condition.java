package org.phasemap.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which rows of a table are meant.
 *
 * @param sql true for those rows, with a {@code ?} for each value
 * @param values what stands for the question marks, in their order
 */
public record Condition(String sql, List<Object> values) {
  /** Every row. */
  public static final Condition ALL = new Condition("true", List.of());

  /** A condition whose values are bound. */
  public static Condition of(String sql, Object... values) {
    return new Condition(sql, List.of(values));
  }

  /** The rows that have a value in a column. */
  public static Condition is(String column, Object value) {
    return of(column + " = ?", value);
  }

  /** The rows that meet all of several conditions; all rows where there is no condition. */
  public static Condition allOf(List<Condition> conditions) {
    if (conditions.isEmpty()) {
      return ALL;
    }
    List<Object> values = new ArrayList<>();
    conditions.forEach(condition -> values.addAll(condition.values));
    String sql =
        conditions.stream().map(c -> "(" + c.sql + ")").collect(Collectors.joining(" and "));
    return new Condition(sql, values);
  }
}
