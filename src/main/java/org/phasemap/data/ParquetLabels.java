package org.phasemap.data;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** A Parquet column's cells as labels, by its logical and its physical type. */
@FunctionalInterface
interface ParquetLabels {
  /** What has labels, for messages. */
  String ALLOWED = "text, whole numbers (signed or unsigned) or boolean";

  /**
   * The label of a row.
   *
   * @param table told where versions before 6 of the tables read another label
   * @throws CharacterCodingException if it is text, and not UTF-8
   */
  String of(Group row, int column, Table table) throws CharacterCodingException;

  /** The labels of a type; null where it has none. */
  static @Nullable ParquetLabels of(PrimitiveType type) {
    ParquetWhole whole = ParquetWhole.of(type);
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (whole != null) {
      return (row, column, table) -> whole(whole, row, column, table);
    } else if (logical instanceof StringLogicalTypeAnnotation
        || logical instanceof EnumLogicalTypeAnnotation) {
      return (row, column, table) -> text(row.getBinary(column, 0));
    } else if (logical == null && type.getPrimitiveTypeName() == PrimitiveTypeName.BOOLEAN) {
      return (row, column, table) -> Boolean.toString(row.getBoolean(column, 0));
    }
    return null;
  }

  private static String whole(ParquetWhole whole, Group row, int column, Table table) {
    if (whole.wasNegative(row, column)) {
      table.markChanged();
    }
    return whole.value(row, column).toString();
  }

  private static String text(Binary stored) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(stored.toByteBuffer()).toString();
  }
}
