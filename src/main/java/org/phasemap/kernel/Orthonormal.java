package org.phasemap.kernel;

/** Haar-distributed frames from Gaussian matrices. */
final class Orthonormal {
  private Orthonormal() {}

  /**
   * Orthogonal columns (rows where the matrix is wide) that span the same space, scaled so that the
   * entries' mean square is 1: Gram–Schmidt in float64, twice, which keeps the Haar law of Gaussian
   * columns (Mezzadri 2007).
   *
   * @param gaussian rows × columns entries, column by column
   * @return as many entries in the same order
   */
  static float[] frame(float[] gaussian, int rows, int columns) {
    boolean wide = columns > rows;
    int length = wide ? columns : rows;
    int count = wide ? rows : columns;
    double[][] vectors = new double[count][length];
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        vectors[wide ? i : j][wide ? j : i] = gaussian[j * rows + i];
      }
    }
    for (int k = 0; k < count; k++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int before = 0; before < k; before++) {
          subtract(dot(vectors[k], vectors[before]), vectors[before], vectors[k]);
        }
      }
      scale(1 / Math.sqrt(dot(vectors[k], vectors[k])), vectors[k]);
    }
    double entry = Math.sqrt(length);
    float[] frame = new float[gaussian.length];
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        frame[j * rows + i] = (float) (entry * vectors[wide ? i : j][wide ? j : i]);
      }
    }
    return frame;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void subtract(double factor, double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] -= factor * from[i];
    }
  }

  private static void scale(double factor, double[] a) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= factor;
    }
  }
}
