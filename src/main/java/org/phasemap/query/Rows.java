package org.phasemap.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.PlainText;

/** The answer to a query, held in memory. */
public final class Rows implements Iterable<Rows.Row> {
  private final List<String> columns;
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();

  Rows(List<String> columns) {
    this.columns = List.copyOf(columns);
    for (int i = 0; i < columns.size(); i++) {
      positions.putIfAbsent(columns.get(i), i);
    }
  }

  void add(@Nullable Object[] values) {
    rows.add(new Row(values));
  }

  /** Names of the columns, as the query gave them. */
  public List<String> columns() {
    return columns;
  }

  public int size() {
    return rows.size();
  }

  /** The row at a position, from 0. */
  public Row row(int position) {
    return rows.get(position);
  }

  @Override
  public Iterator<Row> iterator() {
    return rows.iterator();
  }

  /** The values of every row, by column. */
  List<List<@Nullable Object>> values() {
    List<List<@Nullable Object>> all = new ArrayList<>();
    for (Row row : rows) {
      all.add(Arrays.asList(row.values));
    }
    return all;
  }

  /** One row. Lists are {@link List}s; every other value is what JDBC gives. */
  public final class Row {
    private final @Nullable Object[] values;

    private Row(@Nullable Object[] values) {
      this.values = values;
    }

    /** The value of the column at a position, from 0. */
    public @Nullable Object at(int position) {
      return values[position];
    }

    /**
     * The value of a column.
     *
     * @throws IllegalArgumentException if the query gave no such column
     */
    public @Nullable Object value(String column) {
      Integer position = positions.get(column);
      if (position == null) {
        throw new IllegalArgumentException("no column " + column + " in " + columns);
      }
      return values[position];
    }

    /**
     * The value's text, without control characters: tables may come from anyone. Empty for null.
     */
    public String text(String column) {
      Object value = value(column);
      return value == null ? "" : PlainText.of(value.toString());
    }

    /** The value as a number, NaN for null. */
    public double number(String column) {
      return toDouble(value(column));
    }

    /** The value as a whole number, 0 for null. */
    public long whole(String column) {
      return value(column) instanceof Number number ? number.longValue() : 0;
    }

    /** The list's numbers, NaN for null elements; empty for null. */
    public List<Double> numbers(String column) {
      return value(column) instanceof List<?> list
          ? list.stream().map(Row::toDouble).toList()
          : List.of();
    }

    /** The list's whole numbers, which are not null; empty for null. */
    public List<Integer> wholes(String column) {
      return value(column) instanceof List<?> list
          ? list.stream().map(n -> ((Number) n).intValue()).toList()
          : List.of();
    }

    private static double toDouble(@Nullable Object value) {
      return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
  }
}
