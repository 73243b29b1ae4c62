package org.phasemap.measure.linear;

/**
 * Products of small m × m matrices, row by row, in float64. A tile of two rows and four columns is
 * summed at a time: a row of some sixteen numbers is too short for the compiler to vectorise.
 */
public final class SquareProducts {
  private SquareProducts() {}

  /** A B. */
  public static double[] product(double[] a, double[] b, int m) {
    return product(a, m, 1, b, m);
  }

  /** Aᵀ B. */
  public static double[] transposedProduct(double[] a, double[] b, int m) {
    return product(a, 1, m, b, m);
  }

  /** Entry (i, k) of the first factor stands at {@code i * down + k * right}. */
  private static double[] product(double[] a, int down, int right, double[] b, int m) {
    double[] out = new double[m * m];
    for (int i = 0; i < m; i += 2) {
      // An odd last row is computed twice.
      int next = Math.min(i + 1, m - 1);
      int j = 0;
      for (; j + 3 < m; j += 4) {
        tile(a, i * down, next * down, right, b, j, m, out, i * m + j, next * m + j);
      }
      for (; j < m; j++) {
        out[i * m + j] = entry(a, i * down, right, b, j, m);
        out[next * m + j] = entry(a, next * down, right, b, j, m);
      }
    }
    return out;
  }

  private static void tile(
      double[] a,
      int row,
      int next,
      int right,
      double[] b,
      int column,
      int m,
      double[] out,
      int to,
      int toNext) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double t0 = 0;
    double t1 = 0;
    double t2 = 0;
    double t3 = 0;
    for (int k = 0; k < m; k++) {
      double x = a[row + k * right];
      double y = a[next + k * right];
      int from = k * m + column;
      double b0 = b[from];
      double b1 = b[from + 1];
      double b2 = b[from + 2];
      double b3 = b[from + 3];
      s0 += x * b0;
      s1 += x * b1;
      s2 += x * b2;
      s3 += x * b3;
      t0 += y * b0;
      t1 += y * b1;
      t2 += y * b2;
      t3 += y * b3;
    }
    out[to] = s0;
    out[to + 1] = s1;
    out[to + 2] = s2;
    out[to + 3] = s3;
    out[toNext] = t0;
    out[toNext + 1] = t1;
    out[toNext + 2] = t2;
    out[toNext + 3] = t3;
  }

  private static double entry(double[] a, int row, int right, double[] b, int column, int m) {
    double sum = 0;
    for (int k = 0; k < m; k++) {
      sum += a[row + k * right] * b[k * m + column];
    }
    return sum;
  }

  /**
   * {@code out += Σ_t coefficients[t * step] b_{rows[t]}}, row by row of b.
   *
   * @param rows rows of b, and entries {@code rows[t] * stride + start} of the coefficients
   */
  static void addRows(
      double[] coefficients,
      int start,
      int stride,
      int[] rows,
      int from,
      int to,
      double[] b,
      int m,
      double[] out) {
    int j = 0;
    for (; j + 3 < m; j += 4) {
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      for (int t = from; t < to; t++) {
        double x = coefficients[start + rows[t] * stride];
        int row = rows[t] * m + j;
        s0 += x * b[row];
        s1 += x * b[row + 1];
        s2 += x * b[row + 2];
        s3 += x * b[row + 3];
      }
      out[j] += s0;
      out[j + 1] += s1;
      out[j + 2] += s2;
      out[j + 3] += s3;
    }
    for (; j < m; j++) {
      double sum = 0;
      for (int t = from; t < to; t++) {
        sum += coefficients[start + rows[t] * stride] * b[rows[t] * m + j];
      }
      out[j] += sum;
    }
  }
}
