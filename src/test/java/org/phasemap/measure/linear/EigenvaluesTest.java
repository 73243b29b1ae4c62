package org.phasemap.measure.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
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
}
