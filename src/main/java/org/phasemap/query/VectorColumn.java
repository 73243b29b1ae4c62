package org.phasemap.query;

import java.util.AbstractList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/**
 * A column whose entries, some of which may be null, are read from DuckDB without an object each.
 */
abstract class VectorColumn extends AbstractList<@Nullable Object> implements RandomAccess {
  private BitSet nulls = new BitSet();
  private int from;
  private int size;

  /** Some rows more, as DuckDB holds them. */
  final void add(DuckDBReadableVector vector, int rows) {
    put(size, vector, rows);
    for (int i = 0; i < rows; i++) {
      if (vector.isNull(i)) {
        nulls.set(size + i);
      }
    }
    size += rows;
  }

  /**
   * Takes the entries of some rows that are not null.
   *
   * @param at place of the first one
   */
  abstract void put(int at, DuckDBReadableVector vector, int rows);

  /** A column of the same entries. */
  abstract VectorColumn sharing();

  /** Where the entry of a row stands. */
  final int place(int row) {
    return from + Objects.checkIndex(row, size);
  }

  final boolean isNull(int row) {
    return nulls.get(place(row));
  }

  @Override
  public final int size() {
    return size;
  }

  @Override
  public final List<@Nullable Object> subList(int start, int end) {
    Objects.checkFromToIndex(start, end, size);
    VectorColumn part = sharing();
    part.nulls = nulls;
    part.from = from + start;
    part.size = end - start;
    return part;
  }
}
