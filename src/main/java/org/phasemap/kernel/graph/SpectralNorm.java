package org.phasemap.kernel.graph;

/**
 * The largest singular value of a matrix in float64, by the lengths of what Golub and Kahan (1965,
 * §2) make of a vector step by step: the largest singular value of the bidiagonal matrix that they
 * form converges far faster than a power iteration.
 */
final class SpectralNorm {
  /** Relative change from one step to the next that ends the search. */
  private static final double CONVERGED = 1e-9;

  private final float[] matrix;
  private final int rows;
  private final int columns;

  private SpectralNorm(float[] matrix, int rows) {
    this.matrix = matrix;
    this.rows = rows;
    columns = matrix.length / rows;
  }

  /**
   * σ_max, relative error about 1e-8.
   *
   * @param matrix column by column
   */
  static double of(float[] matrix, int rows) {
    return new SpectralNorm(matrix, rows).largest();
  }

  private double largest() {
    int most = Math.min(rows, columns);
    double[] diagonal = new double[most];
    double[] above = new double[most];
    double[] right = new double[columns];
    for (int j = 0; j < columns; j++) {
      right[j] = 1 + 0.5 * Math.sin(j + 1.0);
    }
    normalise(right);
    double[] left = new double[rows];
    double before = 0;
    double beta = 0;
    for (int step = 0; step < most; step++) {
      double[] sent = times(right);
      add(-beta, left, sent);
      diagonal[step] = normalise(sent);
      left = sent;
      double[] back = transposedTimes(left);
      add(-diagonal[step], right, back);
      double largest = ofBidiagonal(diagonal, above, step + 1);
      beta = normalise(back);
      if (beta == 0 || step > 4 && largest - before <= CONVERGED * largest) {
        return largest;
      }
      above[step] = beta;
      right = back;
      before = largest;
    }
    return before;
  }

  private double[] times(double[] x) {
    double[] y = new double[rows];
    for (int j = 0, at = 0; j < columns; j++) {
      double factor = x[j];
      for (int i = 0; i < rows; i++, at++) {
        y[i] += factor * matrix[at];
      }
    }
    return y;
  }

  private double[] transposedTimes(double[] y) {
    double[] x = new double[columns];
    for (int j = 0, at = 0; j < columns; j++) {
      double sum = 0;
      for (int i = 0; i < rows; i++, at++) {
        sum += y[i] * matrix[at];
      }
      x[j] = sum;
    }
    return x;
  }

  private static void add(double factor, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] += factor * x[i];
    }
  }

  /** Returns the length that it had. */
  private static double normalise(double[] x) {
    double square = 0;
    for (double entry : x) {
      square += entry * entry;
    }
    double length = Math.sqrt(square);
    for (int i = 0; length > 0 && i < x.length; i++) {
      x[i] /= length;
    }
    return length;
  }

  /** By halving, on the tridiagonal matrix BᵀB: how many of its eigenvalues are above x. */
  private static double ofBidiagonal(double[] diagonal, double[] above, int size) {
    double high = 0;
    for (int i = 0; i < size; i++) {
      double side = i == 0 ? 0 : above[i - 1];
      high = Math.max(high, diagonal[i] + side);
    }
    high = 4 * high * high;
    double low = 0;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (hasEigenvalueAbove(middle, diagonal, above, size)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt((low + high) / 2);
  }

  /** BᵀB has d_i² + e_{i−1}² on its diagonal and d_i e_i beside it. */
  private static boolean hasEigenvalueAbove(
      double x, double[] diagonal, double[] above, int size) {
    double pivot = 1;
    for (int i = 0; i < size; i++) {
      double side = i == 0 ? 0 : above[i - 1];
      double beside = i == 0 ? 0 : diagonal[i - 1] * side;
      double own = diagonal[i] * diagonal[i] + side * side - x;
      pivot = own - (i == 0 ? 0 : beside * beside / pivot);
      if (pivot > 0) {
        return true;
      }
    }
    return false;
  }
}
