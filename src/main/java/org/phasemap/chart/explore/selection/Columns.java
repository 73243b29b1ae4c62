package org.phasemap.chart.explore.selection;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.phasemap.query.CellIds;
import org.phasemap.query.Doubles;
import org.phasemap.query.Rows;

/**
 * A table that is drawn, column by column.
 *
 * @param values of every column, all of one length
 * @param exact columns whose values name places on axes: they are not rounded when they are written
 */
public record Columns(Map<String, List<@Nullable Object>> values, Set<String> exact) {
  /** No table. */
  public static final Columns NONE = new Columns(Map.of(), Set.of());

  /** The answer to a question. */
  public static Columns of(Rows rows, String... exact) {
    Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      List<@Nullable Object> values = new ArrayList<>(rows.size());
      for (Rows.Row row : rows) {
        values.add(row.at(i));
      }
      columns.put(rows.columns().get(i), values);
    }
    return new Columns(columns, new LinkedHashSet<>(List.of(exact)));
  }

  /** The answer to a question of many rows. */
  public static Columns of(Map<String, List<@Nullable Object>> columns, String... exact) {
    return new Columns(columns, new LinkedHashSet<>(List.of(exact)));
  }

  /** How many rows. */
  public int size() {
    return values.values().stream().findFirst().map(List::size).orElse(0);
  }

  /** The value of a column in a row; null where it has none. */
  public @Nullable Object at(String column, int row) {
    return Objects.requireNonNull(values.get(column), column).get(row);
  }

  /** As {@link #at}, NaN where there is no number. */
  public double number(String column, int row) {
    return number(Objects.requireNonNull(values.get(column), column), row);
  }

  /** Whether a column holds numbers alone. */
  public static boolean isOfNumbers(List<@Nullable Object> column) {
    return column instanceof Doubles;
  }

  /** Whether a column holds ids of cells. */
  public static boolean isOfIds(List<@Nullable Object> column) {
    return column instanceof CellIds;
  }

  /** Appends the id in a row of such a column in quotes, or {@code null}: as JSON has it. */
  public static void appendId(StringBuilder text, List<@Nullable Object> ids, int row) {
    ((CellIds) ids).appendTo(text, row);
  }

  /** The number in a row of a column, NaN where there is none. */
  public static double number(List<@Nullable Object> column, int row) {
    if (column instanceof Doubles doubles) {
      return doubles.at(row);
    }
    return column.get(row) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** All values of a column of numbers, NaN where there is none. */
  public double[] numbers(String column) {
    List<@Nullable Object> all = Objects.requireNonNull(values.get(column), column);
    return all instanceof Doubles doubles
        ? doubles.toDoubles()
        : IntStream.range(0, all.size()).mapToDouble(row -> number(column, row)).toArray();
  }

  /** The same, with another name for a column. */
  public Columns renamed(String column, String name) {
    Map<String, List<@Nullable Object>> renamed = new LinkedHashMap<>();
    values.forEach((key, of) -> renamed.put(key.equals(column) ? name : key, of));
    return new Columns(renamed, exact);
  }

  /** A number with all of its digits, so that it finds its cells again. */
  public static @Nullable Object exact(@Nullable Object value) {
    return value instanceof Double number && Double.isFinite(number)
        ? new BigDecimal(Double.toString(number))
        : value;
  }
}
