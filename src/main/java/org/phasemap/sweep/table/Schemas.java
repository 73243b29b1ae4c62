package org.phasemap.sweep.table;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.phasemap.store.table.Column;

/** The tables' columns as Spark sees them. */
final class Schemas {
  private Schemas() {}

  static StructType of(List<Column> columns) {
    return new StructType(
        columns.stream()
            .map(c -> DataTypes.createStructField(c.name(), type(c.type()), true))
            .toArray(StructField[]::new));
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
