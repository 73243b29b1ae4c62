package org.phasemap.query;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** A column of numbers, some of which may be null: eight bytes a row, where objects take thirty. */
public final class Doubles extends AbstractList<@Nullable Object> implements RandomAccess {
  private double[] values = new double[0];
  private BitSet nulls = new BitSet();
  private int from;
  private int size;

  Doubles() {}

  /** Some rows more, as DuckDB holds them. */
  void add(DuckDBReadableVector vector, int rows) {
    if (size + rows > values.length) {
      values = Arrays.copyOf(values, Math.max(size + rows, 2 * values.length));
    }
    for (int i = 0; i < rows; i++) {
      if (vector.isNull(i)) {
        nulls.set(size + i);
        values[size + i] = Double.NaN;
      } else {
        values[size + i] = vector.getDouble(i);
      }
    }
    size += rows;
  }

  /** The value of a row, NaN for null. */
  public double at(int row) {
    return values[from + Objects.checkIndex(row, size)];
  }

  /** All values, NaN for null. */
  public double[] toDoubles() {
    return Arrays.copyOfRange(values, from, from + size);
  }

  @Override
  public @Nullable Object get(int row) {
    double value = at(row);
    return nulls.get(from + row) ? null : (Object) value;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<@Nullable Object> subList(int start, int end) {
    Objects.checkFromToIndex(start, end, size);
    Doubles part = new Doubles();
    part.values = values;
    part.nulls = nulls;
    part.from = from + start;
    part.size = end - start;
    return part;
  }
}
