package org.phasemap.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** A Parquet column's cells as numbers, by its logical and its physical type. */
@FunctionalInterface
interface ParquetNumbers {
  /** What has numbers, for messages. */
  String ALLOWED = "whole numbers (signed or unsigned), float16, float, double, decimal or boolean";

  /** Adds a cell of a row to a table. */
  void add(Group row, int column, Table table, long number);

  /** The numbers of a type; null where it has none, or leaves their unit or origin open. */
  static @Nullable ParquetNumbers of(PrimitiveType type) {
    ParquetWhole whole = ParquetWhole.of(type);
    if (whole != null) {
      return (row, column, table, number) -> addWhole(whole, row, column, table, number);
    }
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return (row, column, table, number) ->
          table.add(new BigDecimal(unscaled(type, row, column), decimal.getScale()), number);
    } else if (logical instanceof Float16LogicalTypeAnnotation) {
      return (row, column, table, number) -> table.add(float16(row.getBinary(column, 0)), number);
    } else if (logical != null) {
      return null;
    }
    return switch (type.getPrimitiveTypeName()) {
      case FLOAT -> (row, column, table, number) -> table.add(row.getFloat(column, 0), number);
      case DOUBLE -> (row, column, table, number) -> table.add(row.getDouble(column, 0), number);
      case BOOLEAN ->
          (row, column, table, number) -> table.add(row.getBoolean(column, 0) ? 1 : 0, number);
      default -> null;
    };
  }

  private static void addWhole(
      ParquetWhole whole, Group row, int column, Table table, long number) {
    BigInteger value = whole.value(row, column);
    if (!whole.holds(value)) {
      throw table.wrong(
          number,
          String.format(
              "is %d; expected %s numbers of %d bits, as its type says",
              value, whole.signed() ? "signed" : "unsigned", whole.bits()));
    }
    if (whole.wasNegative(row, column)) {
      table.markChanged();
    }
    table.add(value, number);
  }

  private static BigInteger unscaled(PrimitiveType type, Group row, int column) {
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> BigInteger.valueOf(row.getInteger(column, 0));
      case INT64 -> BigInteger.valueOf(row.getLong(column, 0));
      default -> new BigInteger(row.getBinary(column, 0).getBytes());
    };
  }

  /** IEEE 754's binary16, its lower byte first: 1 bit of sign, 5 of exponent, 10 of fraction. */
  private static double float16(Binary stored) {
    byte[] bytes = stored.getBytes();
    int bits = (bytes[1] & 0xFF) << Byte.SIZE | (bytes[0] & 0xFF);
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    double magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((double) fraction, -24);
          case 0x1F -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb(1024.0 + fraction, exponent - 25);
        };
    return bits >> 15 == 0 ? magnitude : -magnitude;
  }
}
