package org.phasemap.train;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/** Matrices that live and die together. */
final class Arena implements AutoCloseable {
  private final Kernel kernel;
  private final List<Matrix> matrices = new ArrayList<>();

  Arena(Kernel kernel) {
    this.kernel = kernel;
  }

  /** A new matrix of zeros, freed when this is closed. */
  Matrix matrix(int rows, int columns) {
    Matrix matrix = kernel.matrix(rows, columns);
    matrices.add(matrix);
    return matrix;
  }

  /** {@code count} new matrices of zeros side by side in memory, freed when this is closed. */
  List<Matrix> matrices(int rows, int columns, int count) {
    Matrix all = matrix(rows, columns * count);
    List<Matrix> views = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      views.add(all.view(i * columns, columns));
    }
    return views;
  }

  @Override
  public void close() {
    matrices.forEach(Matrix::close);
  }
}
