package org.phasemap.kernel;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The matrices that a kernel has made and that are not closed. */
public final class OpenMatrices {
  private final Set<Matrix> all = Collections.newSetFromMap(new IdentityHashMap<>());

  OpenMatrices() {}

  void add(Matrix matrix) {
    all.add(matrix);
  }

  void remove(Matrix matrix) {
    all.remove(matrix);
  }

  void close() {
    List.copyOf(all).forEach(Matrix::close);
  }
}
