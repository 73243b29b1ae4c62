package org.phasemap.measure.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EigenvaluesTest {
  private final Random random = new Random(5);

  /** Q diag(λ) Qᵀ with a random Q. */
  private double[] matrix(double[] eigenvalues) {
    int n = eigenvalues.length;
    RealMatrix g = new Array2DRowRealMatrix(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        g.setEntry(i, j, random.nextGaussian());
      }
    }
    RealMatrix q = new QRDecomposition(g).getQ();
    double[] rows = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          rows[i * n + j] += q.getEntry(i, k) * eigenvalues[k] * q.getEntry(j, k);
        }
      }
    }
    return rows;
  }

  private void assertFound(double... eigenvalues) {
    int n = eigenvalues.length;
    double[] found = Eigenvalues.of(matrix(eigenvalues), n);
    double[] sorted = eigenvalues.clone();
    Arrays.sort(sorted);
    double largest = Arrays.stream(sorted).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < n; i++) {
      assertThat(found[i]).isCloseTo(sorted[i], within(1e-15 * (n + 1) * largest));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 90})
  void drawnEigenvaluesAreFound(int n) {
    assertFound(random.doubles(n, -1, 5).toArray());
    assertFound(random.doubles(n).map(x -> Math.exp(-60 * x)).toArray());
    assertFound(random.doubles(n).map(x -> 1e280 * x).toArray());
  }

  @Test
  void manyEqualOnesAreFound() {
    double[] halfZero = new double[200];
    for (int i = 0; i < 100; i++) {
      halfZero[i] = random.nextDouble();
    }
    assertFound(halfZero);
    double[] ones = new double[40];
    Arrays.fill(ones, 1e-200);
    assertFound(ones);
    assertFound(0, 0, 0);
  }

  @Test
  void whatIsNotFiniteHasNone() {
    assertThat(Eigenvalues.of(new double[] {1, Double.NaN, 0, 1}, 2)).containsOnly(Double.NaN);
    assertThat(Eigenvalues.of(new double[] {Double.POSITIVE_INFINITY, 0, 0, 1}, 2))
        .containsOnly(Double.NaN);
  }

  /**
   * What is expected of an eigenvalue saves counts and changes no bit: rows that were stored by
   * bisection alone are still what is measured.
   */
  @Test
  void theBitsAreThoseOfBisectionAlone() {
    for (int trial = 0; trial < 300; trial++) {
      int n = 1 + random.nextInt(20);
      int rank = 1 + random.nextInt(2 * n);
      double scale = Math.exp(-40 * random.nextDouble());
      double[] gram = gram(n, rank, trial % 3 == 0 ? 0 : trial % 3 == 1 ? 1e3 : 1e7, scale);
      Tridiagonal matrix = Tridiagonal.of(gram.clone(), n, 1);
      double[] about = RationalQl.of(matrix.diagonal(), matrix.beside());
      double reach = Math.max(Math.abs(about[0]), Math.abs(about[n - 1]));
      int[] all = IntStream.range(0, n).toArray();
      double[] found = new Bisection(matrix).eigenvalues(all, about);
      double[] unknown = new double[n];
      Arrays.fill(unknown, Double.NaN);
      assertThat(new Bisection(matrix).eigenvalues(all, unknown)).containsExactly(found);
      // Two intervals off, so that neighbours are tried, on either side.
      double[] off = new double[n];
      Arrays.setAll(off, k -> about[k] + (k % 2 == 0 ? 3e-15 : -3e-15) * reach);
      assertThat(new Bisection(matrix).eigenvalues(all, off)).containsExactly(found);
    }
  }

  /** Bisection of one number alone, from the interval's ends; also where it is not a number. */
  @Test
  void numbersThatAreLookedForTogetherEndInTheirOwnIntervals() {
    Tridiagonal matrix = Tridiagonal.of(gram(7, 9, 1, 1e-3), 7, 1);
    double[] about = RationalQl.of(matrix.diagonal(), matrix.beside());
    for (int k = 0; k < 7; k++) {
      double[] alone = new Bisection(matrix).eigenvalues(new int[] {k}, new double[] {about[k]});
      int[] twice = {k, k, 6, 0, k};
      double[] expected = {about[k], Double.NaN, Double.POSITIVE_INFINITY, -1e300, about[k]};
      assertThat(new Bisection(matrix).eigenvalues(twice, expected))
          .contains(alone[0], atIndex(0))
          .contains(alone[0], atIndex(1))
          .contains(alone[0], atIndex(4));
    }
  }

  /** Of vectors that share a part, whose rows differ in length. */
  private double[] gram(int n, int rank, double shared, double scale) {
    double[][] rows = new double[n][];
    Arrays.setAll(
        rows,
        i -> {
          double length = Math.pow(scale, random.nextDouble());
          return random.doubles(rank).map(x -> length * (x + shared)).toArray();
        });
    double[] gram = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < rank; k++) {
          gram[i * n + j] += rows[i][k] * rows[j][k];
        }
      }
    }
    return gram;
  }

  @Test
  void theExtremesAreTheFirstAndTheLast() {
    for (int n : new int[] {1, 2, 7, 16}) {
      double[] rows = matrix(random.doubles(n, -1, 5).toArray());
      double[] all = Eigenvalues.of(rows, n);
      assertThat(Eigenvalues.extremes(rows, n))
          .isEqualTo(new Eigenvalues.Extremes(all[0], all[n - 1]));
    }
    assertThat(Eigenvalues.extremes(new double[4], 2)).isEqualTo(new Eigenvalues.Extremes(0, 0));
    assertThat(Eigenvalues.extremes(new double[] {Double.NaN}, 1).largest()).isNaN();
  }
}
