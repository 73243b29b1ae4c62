package org.phasemap.measure;

/**
 * Products of small m × m matrices, row by row, in float64. Four sums run side by side: a row of
 * some sixteen numbers is too short for the compiler to vectorise.
 */
final class SquareProducts {
  private SquareProducts() {}

  /** A B. */
  static double[] product(double[] a, double[] b, int m) {
    return product(a, m, 1, b, m);
  }

  /** Aᵀ B. */
  static double[] transposedProduct(double[] a, double[] b, int m) {
    return product(a, 1, m, b, m);
  }

  /** Entry (i, k) of the first factor stands at {@code i * down + k * right}. */
  private static double[] product(double[] a, int down, int right, double[] b, int m) {
    double[] out = new double[m * m];
    for (int i = 0; i < m; i++) {
      int j = 0;
      for (; j + 3 < m; j += 4) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int k = 0; k < m; k++) {
          double x = a[i * down + k * right];
          int row = k * m + j;
          s0 += x * b[row];
          s1 += x * b[row + 1];
          s2 += x * b[row + 2];
          s3 += x * b[row + 3];
        }
        out[i * m + j] = s0;
        out[i * m + j + 1] = s1;
        out[i * m + j + 2] = s2;
        out[i * m + j + 3] = s3;
      }
      for (; j < m; j++) {
        double sum = 0;
        for (int k = 0; k < m; k++) {
          sum += a[i * down + k * right] * b[k * m + j];
        }
        out[i * m + j] = sum;
      }
    }
    return out;
  }
}
