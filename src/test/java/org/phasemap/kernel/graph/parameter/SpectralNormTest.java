package org.phasemap.kernel.graph.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The largest singular value beside that of a full decomposition. */
class SpectralNormTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "9, 1", "40, 40", "16, 90", "90, 16"})
  void isThatOfTheFullDecomposition(int rows, int columns) {
    Random random = new Random(rows * 100L + columns);
    float[] entries = new float[rows * columns];
    double[][] wide = new double[rows][columns];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = (float) random.nextGaussian();
      wide[i % rows][i / rows] = entries[i];
    }
    double expected = new SingularValueDecomposition(new Array2DRowRealMatrix(wide)).getNorm();

    assertThat(SpectralNorm.of(entries, rows)).isCloseTo(expected, within(1e-7 * expected));
    SpectralNorm.Triplet triplet = SpectralNorm.triplet(entries, rows);
    assertThat(triplet.sigma()).isCloseTo(expected, within(1e-7 * expected));
    for (int i = 0; i < rows; i++) {
      double sent = 0;
      for (int j = 0; j < columns; j++) {
        sent += wide[i][j] * triplet.right()[j];
      }
      // The error of the vectors, over a gap of a hundredth of sigma at worst.
      assertThat(sent).isCloseTo(expected * triplet.left()[i], within(1e-6 * expected));
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 5"})
  void ofZerosIsZero(int rows, int columns) {
    assertThat(SpectralNorm.of(new float[rows * columns], rows)).isZero();
    assertThat(SpectralNorm.triplet(new float[rows * columns], rows).sigma()).isZero();
  }
}
