package org.phasemap.measure.linear;

import java.util.Arrays;

/**
 * Eigenvalues of a symmetric matrix, good to 1e-15 of the largest: Householder's reflections to a
 * tridiagonal matrix, then bisection by Sturm's counts (Golub and Van Loan 2013, §8.3.1 and
 * §8.4.1). It takes its time and never fails, where QL iterations (as Commons Math has them) find
 * no end among the many zeros of a ReLU network's Jacobian.
 */
public final class Eigenvalues {
  private static final double ROUNDING = 1e-15;
  private static final int TOGETHER = 4;

  private Eigenvalues() {}

  /**
   * In ascending order; NaNs where the matrix has one or an infinity.
   *
   * @param rows n × n entries, row by row; made symmetric
   */
  public static double[] of(double[] rows, int n) {
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
    double width = ROUNDING * reach;
    for (int k = 0; k < n; k += TOGETHER) {
      bisect(diagonal, beside, reach, width, k, values);
    }
  }

  /** The k-th and the next eigenvalues. */
  private static void bisect(
      double[] diagonal, double[] beside, double reach, double width, int k, double[] values) {
    double[] low = new double[TOGETHER];
    double[] high = new double[TOGETHER];
    Arrays.fill(low, -reach);
    Arrays.fill(high, reach);
    double[] middle = new double[TOGETHER];
    int[] below = new int[TOGETHER];
    for (double wide = 2 * reach; wide > width; wide /= 2) {
      for (int t = 0; t < TOGETHER; t++) {
        middle[t] = 0.5 * (low[t] + high[t]);
      }
      count(diagonal, beside, middle, below);
      for (int t = 0; t < TOGETHER; t++) {
        if (below[t] > k + t) {
          high[t] = middle[t];
        } else {
          low[t] = middle[t];
        }
      }
    }
    for (int t = 0; t < TOGETHER && k + t < values.length; t++) {
      values[k + t] = 0.5 * (low[t] + high[t]);
    }
  }

  /**
   * How many eigenvalues are below each x. Four at once, since a division waits for the one before
   * it.
   */
  private static void count(double[] diagonal, double[] beside, double[] x, int[] below) {
    int count0 = 0;
    int count1 = 0;
    int count2 = 0;
    int count3 = 0;
    double pivot0 = 1;
    double pivot1 = 1;
    double pivot2 = 1;
    double pivot3 = 1;
    for (int i = 0; i < diagonal.length; i++) {
      double d = diagonal[i];
      double b = beside[i];
      pivot0 = pivot(d - x[0] - b / pivot0);
      pivot1 = pivot(d - x[1] - b / pivot1);
      pivot2 = pivot(d - x[2] - b / pivot2);
      pivot3 = pivot(d - x[3] - b / pivot3);
      count0 += pivot0 < 0 ? 1 : 0;
      count1 += pivot1 < 0 ? 1 : 0;
      count2 += pivot2 < 0 ? 1 : 0;
      count3 += pivot3 < 0 ? 1 : 0;
    }
    below[0] = count0;
    below[1] = count1;
    below[2] = count2;
    below[3] = count3;
  }

  private static double pivot(double value) {
    return value == 0 ? Double.MIN_NORMAL : value;
  }
}
