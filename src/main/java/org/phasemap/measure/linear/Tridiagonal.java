package org.phasemap.measure.linear;

import java.util.Arrays;

/**
 * A symmetric tridiagonal matrix, times a scale.
 *
 * @param diagonal its diagonal
 * @param beside the squares of the numbers beside the diagonal, index i between i − 1 and i
 * @param scale factor on its eigenvalues
 */
record Tridiagonal(double[] diagonal, double[] beside, double scale) {
  /**
   * With the eigenvalues of a symmetric matrix, by Householder's reflections.
   *
   * @param a n × n entries, row by row; overwritten
   */
  static Tridiagonal of(double[] a, int n, double scale) {
    double[] diagonal = new double[n];
    double[] beside = new double[n];
    double[] v = new double[n];
    double[] w = new double[n];
    for (int k = 0; k < n; k++) {
      diagonal[k] = a[k * n + k];
      double square = 0;
      for (int i = k + 1; i < n; i++) {
        v[i] = a[k * n + i];
        square += v[i] * v[i];
      }
      if (k + 1 < n) {
        beside[k + 1] = square;
      }
      if (square > 0 && k + 2 < n) {
        v[k + 1] += Math.copySign(Math.sqrt(square), v[k + 1]);
        reflect(a, n, k + 1, v, w);
      }
    }
    return new Tridiagonal(diagonal, beside, scale);
  }

  /** A ← H A H, H = 1 − 2 v vᵀ/vᵀv, rows and columns from the first on. */
  private static void reflect(double[] a, int n, int first, double[] v, double[] w) {
    double half = 0;
    for (int i = first; i < n; i++) {
      half += 0.5 * v[i] * v[i];
    }
    multiply(a, n, first, v, w);
    double along = 0;
    for (int i = first; i < n; i++) {
      w[i] /= half;
    }
    for (int i = first; i < n; i++) {
      along += 0.5 * w[i] * v[i] / half;
    }
    for (int i = first; i < n; i++) {
      w[i] -= along * v[i];
    }
    subtract(a, n, first, v, w);
  }

  /**
   * A ← A − v wᵀ − w vᵀ, four rows at a time: most are too short to be worth a loop of their own.
   */
  private static void subtract(double[] a, int n, int first, double[] v, double[] w) {
    int i = first;
    for (; i + 3 < n; i += 4) {
      int row = i * n;
      double v0 = v[i];
      double v1 = v[i + 1];
      double v2 = v[i + 2];
      double v3 = v[i + 3];
      double w0 = w[i];
      double w1 = w[i + 1];
      double w2 = w[i + 2];
      double w3 = w[i + 3];
      for (int j = first; j < n; j++) {
        double vj = v[j];
        double wj = w[j];
        a[row + j] -= v0 * wj + w0 * vj;
        a[row + n + j] -= v1 * wj + w1 * vj;
        a[row + 2 * n + j] -= v2 * wj + w2 * vj;
        a[row + 3 * n + j] -= v3 * wj + w3 * vj;
      }
    }
    for (; i < n; i++) {
      int row = i * n;
      for (int j = first; j < n; j++) {
        a[row + j] -= v[i] * w[j] + w[i] * v[j];
      }
    }
  }

  /**
   * w ← A v. A stays symmetric to the bit, so that the sums of all rows grow side by side, column
   * after column, as the compiler can vectorise them; four columns at a time.
   */
  private static void multiply(double[] a, int n, int first, double[] v, double[] w) {
    Arrays.fill(w, first, n, 0);
    int j = first;
    for (; j + 3 < n; j += 4) {
      int row = j * n;
      double v0 = v[j];
      double v1 = v[j + 1];
      double v2 = v[j + 2];
      double v3 = v[j + 3];
      for (int i = first; i < n; i++) {
        w[i] =
            w[i]
                + a[row + i] * v0
                + a[row + n + i] * v1
                + a[row + 2 * n + i] * v2
                + a[row + 3 * n + i] * v3;
      }
    }
    for (; j < n; j++) {
      int row = j * n;
      double vj = v[j];
      for (int i = first; i < n; i++) {
        w[i] += a[row + i] * vj;
      }
    }
  }
}
