package org.phasemap.query;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** A column of few texts, a byte a row: SQL gives their places in a list. */
final class Coded extends AbstractList<@Nullable Object> implements RandomAccess {
  private final List<String> texts;
  private byte[] places = new byte[0];
  private int size;

  Coded(List<String> texts) {
    this.texts = texts;
  }

  /** Some rows more, none of them null, as DuckDB holds them. */
  void add(DuckDBReadableVector vector, int rows) {
    if (size + rows > places.length) {
      places = Arrays.copyOf(places, Math.max(size + rows, 2 * places.length));
    }
    for (int i = 0; i < rows; i++) {
      places[size + i] = vector.getByte(i);
    }
    size += rows;
  }

  @Override
  public Object get(int row) {
    return texts.get(places[Objects.checkIndex(row, size)]);
  }

  @Override
  public int size() {
    return size;
  }
}
