package org.phasemap.query;

import java.util.Arrays;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/**
 * A column of {@code cell_id}s, eight bytes a row. Ids are 16 hexadecimal digits. DuckDB gives
 * whole numbers to Java forty times as fast as texts.
 */
public final class CellIds extends VectorColumn {
  /** Whether an id is one, in SQL. */
  static final String IS_ONE = "regexp_full_match(cell_id, '[0-9a-f]{16}')";

  /** An id as a number, in the same order: the first is the least that {@code bigint} has. */
  static final String NUMBER =
      "(('0x' || cell_id)::ubigint::hugeint - 9223372036854775808)::bigint";

  private static final int DIGITS = 16;

  private long[] values = new long[0];

  CellIds() {}

  @Override
  void put(int at, DuckDBReadableVector vector, int rows) {
    if (at + rows > values.length) {
      values = Arrays.copyOf(values, Math.max(at + rows, 2 * values.length));
    }
    for (int i = 0; i < rows; i++) {
      if (!vector.isNull(i)) {
        values[at + i] = vector.getLong(i) ^ Long.MIN_VALUE;
      }
    }
  }

  @Override
  CellIds sharing() {
    CellIds same = new CellIds();
    same.values = values;
    return same;
  }

  /** Appends the id of a row in quotes, or {@code null}: as JSON has it. */
  public void appendTo(StringBuilder text, int row) {
    if (isNull(row)) {
      text.append("null");
      return;
    }
    text.append('"');
    long value = values[place(row)];
    for (int shift = 4 * (DIGITS - 1); shift >= 0; shift -= 4) {
      text.append(Character.forDigit((int) (value >>> shift) & 15, 16));
    }
    text.append('"');
  }

  @Override
  public @Nullable Object get(int row) {
    if (isNull(row)) {
      return null;
    }
    StringBuilder text = new StringBuilder(DIGITS + 2);
    appendTo(text, row);
    return text.substring(1, DIGITS + 1);
  }
}
