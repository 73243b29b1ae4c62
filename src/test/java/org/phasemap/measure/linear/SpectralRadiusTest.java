package org.phasemap.measure.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Commons Math, and against matrices whose eigenvalues are known. */
class SpectralRadiusTest {
  /** Of the largest entry: eigenvalues of Gaussian matrices move by about as much as rounding. */
  private static final double ROUNDING = 1e-10;

  private static double[] gaussian(int n, Random random) {
    return random.doubles((long) n * n).map(x -> random.nextGaussian() / Math.sqrt(n)).toArray();
  }

  private static RealMatrix matrix(double[] rows, int n) {
    return new Array2DRowRealMatrix(
        IntStream.range(0, n)
            .mapToObj(i -> Arrays.copyOfRange(rows, i * n, (i + 1) * n))
            .toArray(double[][]::new));
  }

  private static double[] rows(RealMatrix matrix) {
    return Arrays.stream(matrix.getData()).flatMapToDouble(Arrays::stream).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 32, 81})
  void agreesWithCommonsMath(int n) {
    Random random = new Random(n);
    for (int i = 0; i < 5; i++) {
      double[] rows = gaussian(n, random);
      EigenDecomposition known = new EigenDecomposition(matrix(rows, n));
      double expected =
          IntStream.range(0, n)
              .mapToDouble(k -> Math.hypot(known.getRealEigenvalue(k), known.getImagEigenvalue(k)))
              .max()
              .orElseThrow();

      assertThat(SpectralRadius.of(rows, n)).isCloseTo(expected, within(ROUNDING));
    }
  }

  /** Of a similar matrix, whatever turns it. */
  @ParameterizedTest
  @ValueSource(ints = {5, 40})
  void findsEigenvaluesThatAreKnown(int n) {
    double[] diagonal = new double[n * n];
    for (int i = 0; i < n; i++) {
      diagonal[i * (n + 1)] = i % 2 == 0 ? i : -i;
    }
    RealMatrix turn = matrix(gaussian(n, new Random(3)), n);
    RealMatrix inverse =
        new org.apache.commons.math3.linear.LUDecomposition(turn).getSolver().getInverse();

    double found = SpectralRadius.of(rows(turn.multiply(matrix(diagonal, n)).multiply(inverse)), n);

    assertThat(found).isCloseTo(n - 1, within(1e-7 * n));
  }

  /** Shifts by the last two rows leave a shift of all units as it is. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 12})
  void endsWhereAllEigenvaluesAreOnACircle(int n) {
    double[] rows = new double[n * n];
    for (int i = 0; i < n; i++) {
      rows[i * n + (i + 1) % n] = 2;
    }

    assertThat(SpectralRadius.of(rows, n)).isCloseTo(2, within(ROUNDING));
  }

  @Test
  void knowsNothingAndZero() {
    assertThat(SpectralRadius.of(new double[0], 0)).isZero();
    assertThat(SpectralRadius.of(new double[9], 3)).isZero();
    assertThat(SpectralRadius.of(new double[] {0, 1, 0, 0}, 2)).isZero();
    assertThat(SpectralRadius.of(new double[] {0, Double.NaN, 0, 0}, 2)).isNaN();
    assertThat(SpectralRadius.of(new double[] {0, 1, Double.POSITIVE_INFINITY, 0}, 2)).isNaN();
  }

  /** Steps on a block whose squares are below the range of doubles go nowhere. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void whatCannotBeTheLargestNeedsNoEnd(int at) {
    int n = 4;
    double[] rows = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i * n + j] =
            i == at && j == at ? -2 : i == at || j == at ? 0 : 1e-170 * (1 + i + 2 * j);
      }
    }

    assertThat(SpectralRadius.of(rows, n)).isEqualTo(2);
  }

  @Test
  void scalesWithTheMatrix() {
    double[] rows = gaussian(6, new Random(8));
    double[] small = Arrays.stream(rows).map(x -> 1e-200 * x).toArray();

    assertThat(SpectralRadius.of(small, 6) * 1e200)
        .isCloseTo(SpectralRadius.of(rows, 6), within(ROUNDING));
  }
}
