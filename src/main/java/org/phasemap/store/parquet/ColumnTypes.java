package org.phasemap.store.parquet;

import java.util.List;
import java.util.Optional;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.phasemap.store.table.Column;

/** Holds the columns of a file, which may come from anyone, to the types of their table. */
public final class ColumnTypes {
  private ColumnTypes() {}

  /**
   * What of a file's columns is not as its table has it; the file may lack some and have more.
   *
   * @return such as {@code its column replicate does not hold INT}; empty if all are right
   */
  public static Optional<String> fault(MessageType file, List<Column> columns) {
    return columns.stream()
        .filter(column -> file.containsField(column.name()))
        .filter(column -> !isRight(file.getType(column.name()), column.type()))
        .map(
            column -> String.format("its column %s does not hold %s", column.name(), column.type()))
        .findFirst();
  }

  private static boolean isRight(Type type, Column.Type wanted) {
    return switch (wanted) {
      case STRING -> is(type, PrimitiveTypeName.BINARY);
      case INT -> is(type, PrimitiveTypeName.INT32);
      case LONG -> is(type, PrimitiveTypeName.INT64);
      case DOUBLE -> is(type, PrimitiveTypeName.DOUBLE);
      case INT_LIST -> isList(type, PrimitiveTypeName.INT32);
      case DOUBLE_LIST -> isList(type, PrimitiveTypeName.DOUBLE);
    };
  }

  private static boolean is(Type type, PrimitiveTypeName name) {
    return type.isPrimitive()
        && !type.isRepetition(Type.Repetition.REPEATED)
        && type.asPrimitiveType().getPrimitiveTypeName() == name;
  }

  /** A group {@code (LIST) { repeated group list { optional element } }}. */
  private static boolean isList(Type type, PrimitiveTypeName element) {
    if (type.isPrimitive()
        || type.isRepetition(Type.Repetition.REPEATED)
        || type.asGroupType().getFieldCount() != 1) {
      return false;
    }
    Type list = type.asGroupType().getType(0);
    return list.isRepetition(Type.Repetition.REPEATED)
        && !list.isPrimitive()
        && list.asGroupType().getFieldCount() == 1
        && is(list.asGroupType().getType(0), element);
  }
}
