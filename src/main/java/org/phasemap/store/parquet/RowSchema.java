package org.phasemap.store.parquet;

import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.phasemap.store.table.Column;

/** Columns as Parquet has them: every one optional, lists in the standard's three levels. */
final class RowSchema {
  private RowSchema() {}

  static MessageType of(List<Column> columns) {
    return new MessageType("phasemap", columns.stream().map(RowSchema::type).toArray(Type[]::new));
  }

  private static Type type(Column column) {
    String name = column.name();
    return switch (column.type()) {
      case STRING ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case INT -> Types.optional(PrimitiveTypeName.INT32).named(name);
      case LONG -> Types.optional(PrimitiveTypeName.INT64).named(name);
      case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
      case INT_LIST -> list(PrimitiveTypeName.INT32, name);
      case DOUBLE_LIST -> list(PrimitiveTypeName.DOUBLE, name);
    };
  }

  private static Type list(PrimitiveTypeName element, String name) {
    return Types.optionalList().optionalElement(element).named(name);
  }
}
