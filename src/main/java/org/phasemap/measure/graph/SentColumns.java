package org.phasemap.measure.graph;

import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.linear.GramFactor;

/**
 * What has been sent through weights in one direction: orthonormal columns Q, and what has come out
 * of them. A column that depends on those before it is zero in Q.
 */
final class SentColumns implements AutoCloseable {
  private final Kernel kernel;
  private final int rows;

  /** Random numbers for so many columns that come out. */
  private final IntFunction<Matrix> draw;

  private @Nullable Matrix basis;

  /** What has come out of Q; from {@link #count} on, random numbers. */
  private @Nullable Matrix images;

  private int count;
  private int rank;

  /**
   * Nothing has been sent.
   *
   * @param rows of what is sent
   */
  SentColumns(Kernel kernel, int rows, IntFunction<Matrix> draw) {
    this.kernel = kernel;
    this.rows = rows;
    this.draw = draw;
  }

  int count() {
    return count;
  }

  /** How many more columns can be independent. */
  int room() {
    return rows - rank;
  }

  Matrix basis() {
    return Objects.requireNonNull(basis).view(0, count);
  }

  Matrix images() {
    return Objects.requireNonNull(images).view(0, count);
  }

  /** Those and the random numbers of so many more. */
  Matrix images(int more) {
    return Objects.requireNonNull(images).view(0, count + more);
  }

  /** Random numbers of the next columns. */
  Matrix fresh(int more) {
    return Objects.requireNonNull(images).view(count, more);
  }

  /** Makes room for more columns. Their random numbers do not depend on how it is made. */
  void reserve(int more) {
    int least = count + more;
    Matrix before = images;
    int capacity = before == null ? 0 : before.columns();
    if (least > capacity) {
      int wanted = Math.max(least, 2 * capacity);
      Matrix larger = draw.apply(wanted);
      Matrix wider = kernel.matrix(rows, wanted);
      if (count > 0) {
        kernel.copy(images(), larger.view(0, count));
        kernel.copy(basis(), wider.view(0, count));
      }
      close();
      images = larger;
      basis = wider;
    }
  }

  /**
   * Takes away what lies along Q, twice: the second time makes up for the digits that the first has
   * lost.
   *
   * @return QᵀC, count × columns, column by column
   */
  double[] takeAlong(Matrix columns) {
    double[] along = new double[count * columns.columns()];
    for (int time = 0; time < 2 && count > 0; time++) {
      try (Matrix share = kernel.scratch(count, columns.columns())) {
        kernel.multiplyTransposed(basis(), columns, share);
        float[] shares = share.read();
        for (int i = 0; i < along.length; i++) {
          along[i] += shares[i];
          shares[i] = -shares[i];
        }
        share.write(shares);
        kernel.addProduct(basis(), share, columns);
      }
    }
    return along;
  }

  /**
   * Makes columns of what has nothing along Q orthonormal and puts them behind Q; twice as well,
   * where the columns are not far from dependent.
   *
   * @param rest the columns, overwritten
   * @param factor of their Gram matrix
   * @return the place that they have, which does not count yet
   */
  Matrix orthonormalise(Matrix rest, GramFactor factor) {
    int k = rest.columns();
    Matrix place = Objects.requireNonNull(basis).view(count, k);
    // Columns of length 1; in two steps, as a factor may exceed float32's range.
    double[] root = new double[k];
    double[] inverse = factor.inverse();
    for (int a = 0; a < k; a++) {
      double length = factor.length(a);
      root[a] = length > 0 ? 1 / Math.sqrt(length) : 0;
      for (int b = 0; b < k; b++) {
        inverse[a * k + b] *= length;
      }
    }
    kernel.scaleColumns(root, rest);
    kernel.scaleColumns(root, rest);
    try (Matrix small = kernel.scratch(k, k);
        Matrix rough = kernel.scratch(rows, k)) {
      small.write(transposed(inverse, k));
      kernel.multiply(rest, small, rough);
      takeAlong(rough);
      if (factor.allowsFloat32()) {
        kernel.copy(rough, place);
        rank += factor.rank();
      } else {
        GramFactor again = factor.again(kernel.gram(rough, k));
        small.write(transposed(again.inverse(), k));
        kernel.multiply(rough, small, place);
        rank += again.rank();
      }
    }
    return place;
  }

  /** Rows as the columns of a matrix. */
  private static float[] transposed(double[] rows, int k) {
    float[] columns = new float[k * k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        columns[j * k + i] = (float) rows[i * k + j];
      }
    }
    return columns;
  }

  /** What has come out of the next columns is known. */
  void add(int more) {
    count += more;
  }

  @Override
  public void close() {
    if (images != null) {
      images.close();
    }
    if (basis != null) {
      basis.close();
    }
  }
}
