package org.phasemap.measure;

/** Products of small m × m matrices, row by row, in float64. */
final class SquareProducts {
  private SquareProducts() {}

  /** A B. */
  static double[] product(double[] a, double[] b, int m) {
    double[] out = new double[m * m];
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < m; k++) {
        addRow(a[i * m + k], b, k * m, out, i * m, m);
      }
    }
    return out;
  }

  /** Aᵀ B. */
  static double[] transposedProduct(double[] a, double[] b, int m) {
    double[] out = new double[m * m];
    for (int k = 0; k < m; k++) {
      for (int i = 0; i < m; i++) {
        addRow(a[k * m + i], b, k * m, out, i * m, m);
      }
    }
    return out;
  }

  private static void addRow(double factor, double[] b, int from, double[] out, int to, int m) {
    if (factor != 0) {
      for (int j = 0; j < m; j++) {
        out[to + j] += factor * b[from + j];
      }
    }
  }
}
