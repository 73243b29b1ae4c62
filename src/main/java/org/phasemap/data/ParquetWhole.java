package org.phasemap.data;

import java.math.BigInteger;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers of a Parquet column.
 *
 * @param wide whether they are stored in 64 bits, and not in 32
 * @param bits of a value, up to as many as are stored
 * @param signed whether values may be negative; the sign's bit of others has the value of a bit
 */
record ParquetWhole(boolean wide, int bits, boolean signed) {
  /** The whole numbers of a type; null where it has others. */
  static @Nullable ParquetWhole of(PrimitiveType type) {
    boolean wide = type.getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    if (!wide && type.getPrimitiveTypeName() != PrimitiveTypeName.INT32) {
      return null;
    }
    if (type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation whole) {
      return new ParquetWhole(wide, whole.getBitWidth(), whole.isSigned());
    }
    int stored = wide ? Long.SIZE : Integer.SIZE;
    return type.getLogicalTypeAnnotation() == null ? new ParquetWhole(wide, stored, true) : null;
  }

  /** The value of a cell, which may have more bits than the type says. */
  BigInteger value(Group row, int column) {
    long stored = stored(row, column);
    if (signed || stored >= 0) {
      return BigInteger.valueOf(stored);
    }
    return BigInteger.valueOf(stored)
        .add(BigInteger.ONE.shiftLeft(wide ? Long.SIZE : Integer.SIZE));
  }

  /** Whether versions before 6 of the tables took an unsigned value for a negative one. */
  boolean wasNegative(Group row, int column) {
    return !signed && stored(row, column) < 0;
  }

  /** Whether a value has no more bits than the type says. */
  boolean holds(BigInteger value) {
    return value.bitLength() <= (signed ? bits - 1 : bits);
  }

  private long stored(Group row, int column) {
    return wide ? row.getLong(column, 0) : row.getInteger(column, 0);
  }
}
