package org.phasemap.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.table.Column;

/** A row's values by the names of their columns. */
public final class NamedValues {
  private NamedValues() {}

  /** A row's values by name. */
  public static Map<String, @Nullable Object> of(List<Column> columns, @Nullable Object[] row) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < row.length; i++) {
      values.put(columns.get(i).name(), row[i]);
    }
    return values;
  }
}
