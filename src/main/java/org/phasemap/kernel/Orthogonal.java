package org.phasemap.kernel;

/**
 * Turns Gaussian matrices into Haar-distributed ones: the Q of a QR decomposition whose R has a
 * positive diagonal (Mezzadri 2007, "How to generate random matrices from the classical compact
 * groups").
 *
 * <p>Modified Gram–Schmidt in float64. It loses orthogonality in proportion to the condition number
 * κ × 1e-16, and a Gaussian n × n matrix has κ &gt; t n with probability below about 2/t (Edelman
 * 1988): even one matrix in a million stays within the rounding of the float32 result.
 */
final class Orthogonal {
  private Orthogonal() {}

  /**
   * Orthonormalises the columns of a tall matrix, the rows of a wide one.
   *
   * @param a rows × columns, column-major, overwritten
   */
  static void orthonormalise(float[] a, int rows, int columns) {
    boolean tall = rows >= columns;
    int count = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    // Component i of vector k at [i][k], so that the inner loops below run over vectors.
    double[][] v = new double[length][count];
    for (int i = 0; i < length; i++) {
      for (int k = 0; k < count; k++) {
        v[i][k] = a[tall ? k * rows + i : i * rows + k];
      }
    }
    gramSchmidt(v, count);
    for (int i = 0; i < length; i++) {
      for (int k = 0; k < count; k++) {
        a[tall ? k * rows + i : i * rows + k] = (float) v[i][k];
      }
    }
  }

  private static void gramSchmidt(double[][] v, int count) {
    double[] products = new double[count];
    for (int k = 0; k < count; k++) {
      double squares = 0;
      for (double[] row : v) {
        squares += row[k] * row[k];
      }
      double norm = Math.sqrt(squares);
      for (int m = k + 1; m < count; m++) {
        products[m] = 0;
      }
      for (double[] row : v) {
        row[k] /= norm;
        double unit = row[k];
        for (int m = k + 1; m < count; m++) {
          products[m] += unit * row[m];
        }
      }
      for (double[] row : v) {
        double unit = row[k];
        for (int m = k + 1; m < count; m++) {
          row[m] -= unit * products[m];
        }
      }
    }
  }
}
