package org.phasemap.kernel.openblas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;

class PiecesTest {
  @ParameterizedTest
  @CsvSource({
    "64, 64, 64, 64, 64, 64", // small
    "1024, 256, 1024, 1024, 256, 1024", // two long sides
    "4096, 16, 17, 2048, 16, 17",
    "128, 64, 128, 128, 64, 64",
    "128, 128, 64, 128, 64, 64",
    "16, 16, 5000, 16, 16, 2512",
  })
  void cutsTheLongestSide(int rows, int columns, int inner, int r, int c, int i) {
    assertThat(Pieces.of(false, rows, columns, inner)).isEqualTo(new Pieces(r, c, i));
  }

  @Test
  void transposedFactorsAreCutOnlyWhereTheResultIsSmall() {
    assertThat(Pieces.of(true, 128, 64, 128)).isEqualTo(new Pieces(128, 64, 128));
    assertThat(Pieces.of(true, 16, 16, 4096)).isEqualTo(new Pieces(16, 16, 2048));
  }

  /** Shapes that are cut in one and two directions, with remainders, where the kernels allow it. */
  @ParameterizedTest
  @CsvSource({"300, 55, 290", "5001, 17, 16", "17, 16, 5001", "250, 250, 60", "40, 2001, 31"})
  void cutProductsAreTheProducts(int rows, int columns, int inner) {
    try (Kernel kernel = Backends.fastest().open()) {
      Matrix a = gaussian(kernel, rows, inner, 1);
      Matrix b = gaussian(kernel, inner, columns, 2);
      Matrix tall = gaussian(kernel, inner, rows, 3);
      Matrix wide = gaussian(kernel, columns, inner, 4);
      Matrix out = kernel.matrix(rows, columns);

      kernel.multiply(a, b, out);
      requireProduct(out, inner, (i, l) -> l * rows + i, a, (l, j) -> j * inner + l, b);
      kernel.multiplyTransposed(tall, b, out);
      requireProduct(out, inner, (i, l) -> i * inner + l, tall, (l, j) -> j * inner + l, b);
      Matrix sum = kernel.matrix(rows, columns);
      kernel.addOuterProduct(1, a, wide, sum);
      requireProduct(sum, inner, (i, l) -> l * rows + i, a, (l, j) -> l * columns + j, wide);
    }
  }

  private interface Index {
    int of(int row, int column);
  }

  private static void requireProduct(
      Matrix out, int inner, Index inA, Matrix a, Index inB, Matrix b) {
    float[] x = a.read();
    float[] y = b.read();
    float[] z = out.read();
    double worst = 0;
    for (int j = 0; j < out.columns(); j++) {
      for (int i = 0; i < out.rows(); i++) {
        double sum = 0;
        for (int l = 0; l < inner; l++) {
          sum += (double) x[inA.of(i, l)] * y[inB.of(l, j)];
        }
        worst = Math.max(worst, Math.abs(z[j * out.rows() + i] - sum));
      }
    }
    assertThat(worst).isCloseTo(0, within(1e-6 * inner));
  }

  private static Matrix gaussian(Kernel kernel, int rows, int columns, int replicate) {
    Matrix matrix = kernel.matrix(rows, columns);
    kernel.fillGaussian(matrix, new Stream(7, replicate, 0, Stream.Purpose.WEIGHTS));
    return matrix;
  }
}
