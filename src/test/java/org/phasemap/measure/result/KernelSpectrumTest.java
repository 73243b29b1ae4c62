package org.phasemap.measure.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.theory.limit.KernelEigenvalues;
import org.phasemap.theory.limit.TwoPointSpectrum;

class KernelSpectrumTest {
  @ParameterizedTest
  @CsvSource({"5, 3, 1e-4", "5, 0, 1", "8, 0.9, 300"})
  void equalPairsHaveTwoEigenvalues(int m, double off, double scale) {
    double[] theta = new double[m * m];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = scale * (i % (m + 1) == 0 ? 4 : off);
    }
    TwoPointSpectrum expected = new TwoPointSpectrum(scale * 4, scale * off, m);
    double first = expected.constantEigenvalue() / (m * scale * 4);
    double bulk = expected.bulkEigenvalue() / (m * scale * 4);
    double entropy = -first * Math.log(first) - (m - 1) * bulk * Math.log(bulk);

    KernelSpectrum spectrum = KernelSpectrum.of(theta, m);

    assertThat(spectrum.effectiveRank()).isCloseTo(Math.exp(entropy), within(1e-12));
    double rate = 2 / Math.max(expected.constantEigenvalue(), expected.bulkEigenvalue());
    assertThat(Math.exp(spectrum.lnCriticalLearningRate())).isCloseTo(rate, within(1e-12 * rate));
  }

  @Test
  void ofARandomKernelItAgreesWithJacobisMethod() {
    int m = 7;
    Random random = new Random(3);
    double[][] factor = new double[m][m];
    double[][] kernel = new double[m][m];
    double[] theta = new double[m * m];
    for (double[] row : factor) {
      java.util.Arrays.setAll(row, j -> random.nextGaussian());
    }
    double trace = 0;
    for (int i = 0; i < m * m; i++) {
      for (int k = 0; k < m; k++) {
        theta[i] += factor[i / m][k] * factor[i % m][k];
      }
      kernel[i / m][i % m] = theta[i];
      trace += i % (m + 1) == 0 ? theta[i] : 0;
    }
    KernelEigenvalues expected = KernelEigenvalues.of(kernel);
    double entropy = 0;
    for (double lambda : expected.ascending()) {
      entropy -= lambda / trace * Math.log(lambda / trace);
    }

    KernelSpectrum spectrum = KernelSpectrum.of(theta, m);

    assertThat(spectrum.effectiveRank()).isCloseTo(Math.exp(entropy), within(1e-10));
    assertThat(Math.exp(spectrum.lnCriticalLearningRate()))
        .isCloseTo(
            expected.criticalLearningRate(), within(1e-12 * expected.criticalLearningRate()));
  }

  /** Θ of m inputs and rank r has m − r eigenvalues that only rounding moves away from 0. */
  @ParameterizedTest
  @CsvSource({"2, 1", "5, 4", "8, 3", "30, 29"})
  void aSingularKernelHasNoSmallestEigenvalue(int m, int rank) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      double[] factor = random.doubles((long) m * rank, -1, 1).toArray();
      double[] theta = new double[m * m];
      for (int i = 0; i < m * m; i++) {
        for (int k = 0; k < rank; k++) {
          theta[i] += factor[i / m * rank + k] * factor[i % m * rank + k];
        }
      }
      KernelSpectrum spectrum = KernelSpectrum.of(theta, m);
      assertThat(spectrum.lnLambdaMin()).isNaN();
      assertThat(spectrum.lnCondition()).isNaN();
      assertThat(spectrum.effectiveRank()).isLessThan(rank + 1e-9);
    }
  }

  @Test
  void equalInputsHaveRankOne() {
    assertThat(KernelSpectrum.of(new double[] {2, 2, 2, 2}, 2).effectiveRank())
        .isCloseTo(1, within(1e-12));
    assertThat(KernelSpectrum.of(new double[] {2}, 1).effectiveRank()).isCloseTo(1, within(1e-12));
    assertThat(KernelSpectrum.of(new double[] {Double.NaN}, 1).effectiveRank()).isNaN();
  }
}
