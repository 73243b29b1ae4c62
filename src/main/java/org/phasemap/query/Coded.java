package org.phasemap.query;

import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** A column of few texts, a byte a row: SQL gives their places in a list. */
final class Coded extends VectorColumn {
  private final List<String> texts;
  private byte[] places = new byte[0];

  Coded(List<String> texts) {
    this.texts = texts;
  }

  @Override
  void put(int at, DuckDBReadableVector vector, int rows) {
    if (at + rows > places.length) {
      places = Arrays.copyOf(places, Math.max(at + rows, 2 * places.length));
    }
    for (int i = 0; i < rows; i++) {
      if (!vector.isNull(i)) {
        places[at + i] = vector.getByte(i);
      }
    }
  }

  @Override
  Coded sharing() {
    Coded same = new Coded(texts);
    same.places = places;
    return same;
  }

  @Override
  public @Nullable Object get(int row) {
    return isNull(row) ? null : texts.get(places[place(row)]);
  }
}
