package org.phasemap.measure;

import org.phasemap.measure.PropagationResult.Signal;

/** Statistics of a layer from its Gram matrix and its entries, in float64. */
final class LayerMoments {
  private static final float SATURATED = 0.01f;

  private LayerMoments() {}

  /**
   * Of one variant.
   *
   * @param gramZ zᵀz, m × m, at {@code offset}
   * @param h φ(z) of the whole panel, n × columns
   * @param derivative φ′(z), likewise
   * @param first the variant's first column
   */
  static Signal of(
      double[] gramZ, int offset, float[] h, float[] derivative, int n, int first, int m) {
    double square = 0;
    double cosines = 0;
    for (int a = 0; a < m; a++) {
      square += gramZ[offset + a * m + a];
      for (int b = 0; b < a; b++) {
        double norms = gramZ[offset + a * m + a] * gramZ[offset + b * m + b];
        cosines += gramZ[offset + a * m + b] / Math.sqrt(norms);
      }
    }
    double sum = 0;
    int saturated = 0;
    boolean[] alive = new boolean[n];
    for (int a = 0; a < m; a++) {
      int start = (first + a) * n;
      for (int i = 0; i < n; i++) {
        sum += h[start + i];
        float slope = Math.abs(derivative[start + i]);
        saturated += slope < SATURATED ? 1 : 0;
        alive[i] |= slope != 0;
      }
    }
    int dead = 0;
    for (boolean unit : alive) {
      dead += unit ? 0 : 1;
    }
    double entries = (double) n * m;
    return new Signal(
        square / entries,
        m == 1 ? Double.NaN : 2 * cosines / (m * (m - 1.0)),
        sum / entries,
        (double) dead / n,
        saturated / entries);
  }
}
