package org.phasemap.kernel.graph;

/**
 * The largest singular value of a matrix in float64, by the lengths of what Golub and Kahan (1965,
 * §2) make of a vector step by step: the largest singular value of the bidiagonal matrix that they
 * form converges far faster than a power iteration.
 */
final class SpectralNorm {
  /** Relative change from one step to the next that ends the search. */
  private static final double CONVERGED = 1e-9;

  /** Beyond as many as exact arithmetic takes. */
  private static final int MORE_STEPS = 20;

  /** Bits of a float64, and some. */
  private static final int HALVINGS = 60;

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
    int most = Math.min(rows, columns) + MORE_STEPS;
    double[] diagonal = new double[most];
    double[] beside = new double[most];
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
      beta = normalise(back);
      beside[step] = beta;
      right = back;
      double largest = ofBidiagonal(diagonal, beside, step + 1);
      if (beta == 0 || (step > 4 && largest - before <= CONVERGED * largest)) {
        return largest;
      }
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

  /** By halving, on the tridiagonal matrix BBᵀ: d_i² + e_i² on its diagonal, e_i d_{i+1} beside. */
  private static double ofBidiagonal(double[] diagonal, double[] beside, int size) {
    double most = 0;
    for (int i = 0; i < size; i++) {
      most = Math.max(most, Math.max(diagonal[i], beside[i]));
    }
    double low = 0;
    double high = 4 * most * most;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (hasEigenvalueAbove(middle, diagonal, beside, size)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt((low + high) / 2);
  }

  private static boolean hasEigenvalueAbove(
      double x, double[] diagonal, double[] beside, int size) {
    double pivot = 1;
    for (int i = 0; i < size; i++) {
      double own = diagonal[i] * diagonal[i] + beside[i] * beside[i] - x;
      double off = i == 0 ? 0 : beside[i - 1] * diagonal[i];
      pivot = own - (i == 0 ? 0 : off * off / pivot);
      if (pivot > 0) {
        return true;
      }
    }
    return false;
  }
}
