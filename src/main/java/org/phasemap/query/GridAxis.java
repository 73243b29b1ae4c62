package org.phasemap.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An axis of a {@link Grid}: its values in order. */
final class GridAxis {
  private final String column;
  private final List<Object> values;
  private final Map<Object, Integer> places = new HashMap<>();

  private GridAxis(String column, List<Object> values) {
    this.column = column;
    this.values = List.copyOf(values);
    for (Object value : this.values) {
      places.put(value, places.size());
    }
  }

  /** That of a column without nulls. */
  static GridAxis of(Statement statement, String table, String column) throws SQLException {
    String name = TableLoader.quoted(column);
    List<Object> values = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select distinct " + name + " from " + table + " order by " + name)) {
      while (rows.next()) {
        values.add(rows.getObject(1));
      }
    }
    return new GridAxis(column, values);
  }

  String column() {
    return column;
  }

  Object[] values() {
    return values.toArray();
  }

  int length() {
    return values.size();
  }

  int place(Object value) {
    return Objects.requireNonNull(places.get(value));
  }
}
