package org.phasemap.measure;

import java.util.Arrays;

/**
 * Eigenvalues of a symmetric matrix, good to 1e-15 of the largest: Householder's reflections to a
 * tridiagonal matrix, then bisection by Sturm's counts (Golub and Van Loan 2013, §8.3.1 and
 * §8.4.1). It takes its time and never fails, where QL iterations (as Commons Math has them) find
 * no end among the many zeros of a ReLU network's Jacobian.
 */
final class Eigenvalues {
  private static final double ROUNDING = 1e-15;

  private Eigenvalues() {}

  /**
   * In ascending order; NaNs where the matrix has one or an infinity.
   *
   * @param rows n × n entries, row by row; made symmetric
   */
  static double[] of(double[] rows, int n) {
    double[][] a = new double[n][n];
    double largest = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = 0.5 * (rows[i * n + j] + rows[j * n + i]);
        // NaN stays.
        largest = Math.max(largest, Math.abs(a[i][j]));
      }
    }
    double[] values = new double[n];
    if (!(largest < Double.POSITIVE_INFINITY)) {
      Arrays.fill(values, Double.NaN);
    } else if (largest > 0) {
      double scale = largest;
      for (double[] row : a) {
        Arrays.setAll(row, j -> row[j] / scale);
      }
      double[] beside = new double[n];
      double[] diagonal = tridiagonal(a, beside);
      bisect(diagonal, beside, values);
      Arrays.setAll(values, i -> scale * values[i]);
    }
    return values;
  }

  /**
   * Reduces a, overwriting it.
   *
   * @param beside the squares of the numbers beside the diagonal, index i between i − 1 and i
   * @return the diagonal
   */
  private static double[] tridiagonal(double[][] a, double[] beside) {
    int n = a.length;
    double[] diagonal = new double[n];
    double[] v = new double[n];
    double[] w = new double[n];
    for (int k = 0; k < n; k++) {
      diagonal[k] = a[k][k];
      double square = 0;
      for (int i = k + 1; i < n; i++) {
        v[i] = a[k][i];
        square += v[i] * v[i];
      }
      if (k + 1 < n) {
        beside[k + 1] = square;
      }
      if (square > 0 && k + 2 < n) {
        v[k + 1] += Math.copySign(Math.sqrt(square), v[k + 1]);
        reflect(a, k + 1, v, w);
      }
    }
    return diagonal;
  }

  /** A ← H A H, H = 1 − 2 v vᵀ/vᵀv, rows and columns from the first on. */
  private static void reflect(double[][] a, int first, double[] v, double[] w) {
    int n = a.length;
    double half = 0;
    for (int i = first; i < n; i++) {
      half += 0.5 * v[i] * v[i];
    }
    double along = 0;
    for (int i = first; i < n; i++) {
      double sum = 0;
      for (int j = first; j < n; j++) {
        sum += a[i][j] * v[j];
      }
      w[i] = sum / half;
      along += 0.5 * w[i] * v[i] / half;
    }
    for (int i = first; i < n; i++) {
      w[i] -= along * v[i];
    }
    for (int i = first; i < n; i++) {
      double[] row = a[i];
      double vi = v[i];
      double wi = w[i];
      for (int j = first; j < n; j++) {
        row[j] -= vi * w[j] + wi * v[j];
      }
    }
  }

  private static void bisect(double[] diagonal, double[] beside, double[] values) {
    int n = diagonal.length;
    double reach = 0;
    for (int i = 0; i < n; i++) {
      double around = Math.sqrt(beside[i]) + (i + 1 < n ? Math.sqrt(beside[i + 1]) : 0);
      reach = Math.max(reach, Math.abs(diagonal[i]) + around);
    }
    double from = -reach;
    for (int k = 0; k < n; k++) {
      double low = from;
      double high = reach;
      while (high - low > ROUNDING * reach) {
        double middle = 0.5 * (low + high);
        if (below(diagonal, beside, middle) > k) {
          high = middle;
        } else {
          low = middle;
        }
      }
      values[k] = 0.5 * (low + high);
      from = low;
    }
  }

  /** How many eigenvalues are below x. */
  private static int below(double[] diagonal, double[] beside, double x) {
    int count = 0;
    double pivot = 1;
    for (int i = 0; i < diagonal.length; i++) {
      pivot = diagonal[i] - x - beside[i] / pivot;
      if (pivot == 0) {
        pivot = Double.MIN_NORMAL;
      }
      count += pivot < 0 ? 1 : 0;
    }
    return count;
  }
}
