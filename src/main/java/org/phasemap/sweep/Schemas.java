package org.phasemap.sweep;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.Column;

/** The tables' columns as Spark sees them. */
final class Schemas {
  private Schemas() {}

  static StructType of(List<Column> columns) {
    return new StructType(
        columns.stream()
            .map(c -> DataTypes.createStructField(c.name(), type(c.type()), true))
            .toArray(StructField[]::new));
  }

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
  static Map<String, @Nullable Object> named(List<Column> columns, @Nullable Object[] row) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < row.length; i++) {
      values.put(columns.get(i).name(), row[i]);
    }
    return values;
  }

  private static DataType type(Column.Type type) {
    return switch (type) {
      case STRING -> DataTypes.StringType;
      case INT -> DataTypes.IntegerType;
      case LONG -> DataTypes.LongType;
      case DOUBLE -> DataTypes.DoubleType;
      case INT_LIST -> DataTypes.createArrayType(DataTypes.IntegerType);
      case DOUBLE_LIST -> DataTypes.createArrayType(DataTypes.DoubleType);
    };
  }
}
