package org.phasemap.query;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/**
 * A column of {@code cell_id}s, eight bytes a row. Ids are 16 hexadecimal digits. DuckDB gives
 * whole numbers to Java forty times as fast as texts.
 */
public final class CellIds extends AbstractList<@Nullable Object> implements RandomAccess {
  /** Whether an id is one, in SQL. */
  static final String IS_ONE = "regexp_full_match(cell_id, '[0-9a-f]{16}')";

  /** An id as a number, in the same order: the first is the least that {@code bigint} has. */
  static final String NUMBER =
      "(('0x' || cell_id)::ubigint::hugeint - 9223372036854775808)::bigint";

  private static final int DIGITS = 16;

  private long[] values = new long[0];
  private BitSet nulls = new BitSet();
  private int from;
  private int size;

  CellIds() {}

  /** Some rows more, as DuckDB holds them. */
  void add(DuckDBReadableVector vector, int rows) {
    if (size + rows > values.length) {
      values = Arrays.copyOf(values, Math.max(size + rows, 2 * values.length));
    }
    for (int i = 0; i < rows; i++) {
      if (vector.isNull(i)) {
        nulls.set(size + i);
      } else {
        values[size + i] = vector.getLong(i) ^ Long.MIN_VALUE;
      }
    }
    size += rows;
  }

  /** Appends the id of a row in quotes, or {@code null}: as JSON has it. */
  public void appendTo(StringBuilder text, int row) {
    if (isNull(row)) {
      text.append("null");
      return;
    }
    text.append('"');
    long value = values[from + row];
    for (int shift = 4 * (DIGITS - 1); shift >= 0; shift -= 4) {
      text.append(Character.forDigit((int) (value >>> shift) & 15, 16));
    }
    text.append('"');
  }

  private boolean isNull(int row) {
    return nulls.get(from + Objects.checkIndex(row, size));
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

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<@Nullable Object> subList(int start, int end) {
    Objects.checkFromToIndex(start, end, size);
    CellIds part = new CellIds();
    part.values = values;
    part.nulls = nulls;
    part.from = from + start;
    part.size = end - start;
    return part;
  }
}
