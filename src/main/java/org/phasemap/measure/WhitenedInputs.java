package org.phasemap.measure;

import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.spec.Inputs;

/** Gaussian inputs with exactly the norm and the correlation that the spec gives. */
final class WhitenedInputs {
  private WhitenedInputs() {}

  /**
   * Draws X, n₀ × m, with ‖x_a‖² = n₀ q0 and x_a·x_b = n₀ q0 c0: a Gaussian matrix, made
   * orthonormal, times the symmetric root of the wanted Gram matrix. Equal for all replicates.
   */
  static Matrix draw(Kernel kernel, Inputs inputs, long seed) {
    int n0 = inputs.dimension();
    int m = inputs.count();
    Matrix x = kernel.matrix(n0, m);
    kernel.fillGaussian(x, new Stream(seed, 0, 0, Purpose.INPUTS));
    float[] frame = x.read();
    orthonormalise(frame, n0, m);
    // Root of (1 − c) I + c 11ᵀ: √(1−c) I + shared 11ᵀ with eigenvalues matched on 1.
    double own = Math.sqrt(1 - inputs.c0());
    double shared = (Math.sqrt(1 + (m - 1) * inputs.c0()) - own) / m;
    double scale = Math.sqrt(n0 * inputs.q0());
    float[] columns = new float[n0 * m];
    for (int i = 0; i < n0; i++) {
      double sum = 0;
      for (int a = 0; a < m; a++) {
        sum += frame[a * n0 + i];
      }
      for (int a = 0; a < m; a++) {
        columns[a * n0 + i] = (float) (scale * (own * frame[a * n0 + i] + shared * sum));
      }
    }
    x.write(columns);
    return x;
  }

  private static void orthonormalise(float[] a, int n, int m) {
    for (int k = 0; k < m; k++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < k; j++) {
          double dot = 0;
          for (int i = 0; i < n; i++) {
            dot += (double) a[k * n + i] * a[j * n + i];
          }
          for (int i = 0; i < n; i++) {
            a[k * n + i] -= (float) (dot * a[j * n + i]);
          }
        }
      }
      double square = 0;
      for (int i = 0; i < n; i++) {
        square += (double) a[k * n + i] * a[k * n + i];
      }
      double norm = Math.sqrt(square);
      for (int i = 0; i < n; i++) {
        a[k * n + i] /= (float) norm;
      }
    }
  }
}
