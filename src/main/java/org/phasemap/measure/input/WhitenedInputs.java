package org.phasemap.measure.input;

import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.Weights;
import org.phasemap.network.WeightLaw;

/** Gaussian inputs with exactly the norm and the correlation asked for. */
final class WhitenedInputs {
  private WhitenedInputs() {}

  /**
   * Draws X, n₀ × m, with ‖x_a‖² = n₀ q0 and x_a·x_b = n₀ q0 c0: orthogonal Gaussian columns, times
   * the symmetric root of the wanted Gram matrix.
   *
   * @param n0 n₀ &gt;= m
   */
  static Matrix draw(Kernel kernel, int n0, int m, double q0, double c0, long seed) {
    Matrix x = kernel.matrix(n0, m);
    // σ_w² = m makes the entries' mean square 1.
    Weights.draw(kernel, WeightLaw.ORTHOGONAL, m, new Stream(seed, 0, 0, Purpose.INPUTS), x);
    // Root of (1 − c) I + c 11ᵀ: √(1−c) I + shared 11ᵀ with eigenvalues matched on 1.
    double own = Math.sqrt(1 - c0);
    double shared = (Math.sqrt(1 + (m - 1) * c0) - own) / m;
    double scale = Math.sqrt(q0);
    float[] columns = x.read();
    for (int i = 0; i < n0; i++) {
      double sum = 0;
      for (int a = 0; a < m; a++) {
        sum += columns[a * n0 + i];
      }
      for (int a = 0; a < m; a++) {
        columns[a * n0 + i] = (float) (scale * (own * columns[a * n0 + i] + shared * sum));
      }
    }
    x.write(columns);
    return x;
  }
}
