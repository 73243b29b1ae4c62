package org.phasemap.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.Column;

/** A row's values by the names of their columns, and back. */
public final class NamedValues {
  private NamedValues() {}

  /**
   * A row with the values of the named columns, null in the others; NaN and infinite scalars become
   * null.
   *
   * @throws IllegalArgumentException if a name is no column
   */
  static @Nullable Object[] row(List<Column> columns, Map<String, ?> values) {
    @Nullable Object[] row = new Object[columns.size()];
    int used = 0;
    for (int i = 0; i < row.length; i++) {
      Object value = values.get(columns.get(i).name());
      if (value != null || values.containsKey(columns.get(i).name())) {
        used++;
      }
      row[i] = value instanceof Double d && !Double.isFinite(d) ? null : value;
    }
    if (used != values.size()) {
      throw new IllegalArgumentException("not all of these are columns: " + values.keySet());
    }
    return row;
  }

  /** A row's values by name. */
  public static Map<String, @Nullable Object> of(List<Column> columns, @Nullable Object[] row) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < row.length; i++) {
      values.put(columns.get(i).name(), row[i]);
    }
    return values;
  }
}
