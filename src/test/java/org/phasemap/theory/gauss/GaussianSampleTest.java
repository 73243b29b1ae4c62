package org.phasemap.theory.gauss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GaussianSampleTest {
  /** A smooth field, whose entries are known to 1 %: its matrix is no covariance any more. */
  @Test
  void noVarianceIsLargerThanTheMatrixSays() {
    for (int seed = 0; seed < 20; seed++) {
      double[][] k = smooth(0.01, new Random(seed));

      for (double[] row : GaussianSample.of(k, 2048, seed)) {
        assertThat(GaussianSample.mean(row, row)).isLessThanOrEqualTo(1 + 1e-9);
      }
    }
  }

  @Test
  void covariancesAreThoseOfTheMatrix() {
    double[][] k = smooth(0, new Random(1));

    double[][] found = GaussianSample.means(GaussianSample.of(k));

    for (int i = 0; i < k.length; i++) {
      assertThat(found[i]).containsExactly(k[i], within(1e-6));
    }
  }

  /** Of eight places on a line, with noise of a correlation's distance from 1. */
  private static double[][] smooth(double noise, Random random) {
    double[][] k = new double[8][8];
    for (int i = 0; i < k.length; i++) {
      for (int j = 0; j <= i; j++) {
        double apart = 1 - Math.exp(-0.5 * square((i - j) / 3.0));
        k[i][j] = 1 - apart * (1 + noise * random.nextGaussian());
        k[j][i] = k[i][j];
      }
    }
    return k;
  }

  private static double square(double x) {
    return x * x;
  }
}
