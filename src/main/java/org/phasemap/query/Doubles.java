package org.phasemap.query;

import java.util.Arrays;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** A column of numbers, some of which may be null: eight bytes a row, where objects take thirty. */
public final class Doubles extends VectorColumn {
  private double[] values = new double[0];

  Doubles() {}

  @Override
  void put(int at, DuckDBReadableVector vector, int rows) {
    if (at + rows > values.length) {
      values = Arrays.copyOf(values, Math.max(at + rows, 2 * values.length));
    }
    for (int i = 0; i < rows; i++) {
      values[at + i] = vector.isNull(i) ? Double.NaN : vector.getDouble(i);
    }
  }

  @Override
  Doubles sharing() {
    Doubles same = new Doubles();
    same.values = values;
    return same;
  }

  /** The value of a row, NaN for null. */
  public double at(int row) {
    return values[place(row)];
  }

  /** All values, NaN for null. */
  public double[] toDoubles() {
    return isEmpty() ? new double[0] : Arrays.copyOfRange(values, place(0), place(0) + size());
  }

  @Override
  public @Nullable Object get(int row) {
    return isNull(row) ? null : (Object) at(row);
  }
}
