package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/** A kernel of one backend, and matrices with fixed random entries. */
abstract class KernelTestCase {
  static final double EPSILON = Math.ulp(1f);

  final Kernel kernel;
  final Random random = new Random(4711);

  KernelTestCase(Backend backend) {
    kernel = backend.open();
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  final Matrix matrix(int rows, int columns, float[] values) {
    return matrix(kernel, rows, columns, values);
  }

  static Matrix matrix(Kernel kernel, int rows, int columns, float[] values) {
    Matrix matrix = kernel.matrix(rows, columns);
    matrix.write(values);
    return matrix;
  }

  final float[] normal(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static float[] transpose(float[] a, int n, int m) {
    float[] t = new float[a.length];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        t[i * m + j] = a[j * n + i];
      }
    }
    return t;
  }

  static double[] product(float[] a, float[] b, int n, int k, int m) {
    double[] c = new double[n * m];
    for (int j = 0; j < m; j++) {
      for (int l = 0; l < k; l++) {
        for (int i = 0; i < n; i++) {
          c[j * n + i] += (double) a[l * n + i] * b[j * k + l];
        }
      }
    }
    return c;
  }

  static void assertClose(float[] measured, double[] expected, double bound) {
    assertThat(measured).hasSameSizeAs(expected);
    for (int i = 0; i < measured.length; i++) {
      assertThat(Math.abs(measured[i] - expected[i]))
          .as("entry %d: %s, expected %s", i, measured[i], expected[i])
          .isLessThanOrEqualTo(bound);
    }
  }
}
