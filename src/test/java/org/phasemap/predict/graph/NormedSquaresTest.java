package org.phasemap.predict.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;

class NormedSquaresTest {
  private static final int VECTORS = 4000;

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 0, 0.3, 0.8, 1})
  void reluHasClosedForms(double c) {
    double gamma = 1.3;
    double fourth = Math.pow(gamma, 4);
    NormedSquares normed = new NormedSquares(Activations.RELU, gamma, false);
    assertThat(normed.covariance(c)).isCloseTo(fourth * Reading.normed(c), within(2e-4));
    assertThat(normed.shift()).isCloseTo(0, within(1e-9));
    NormedSquares centred = new NormedSquares(Activations.RELU, gamma, true);
    assertThat(centred.covariance(c)).isCloseTo(fourth * Reading.centred(c), within(2e-4));
  }

  /**
   * What is behind a norm shares nothing with what is not; of two norms that differ none is known.
   */
  @Test
  void readingsBehindOtherNormsAreRefused() {
    Reading normed = new Reading(Reading.View.NORMED, 3, 8, 1);
    Reading plain = new Reading(Reading.View.RECTIFIED, 2, 8, 1);
    assertThat(normed.covariance(plain, 1, 1, 0.5)).isZero();
    assertThat(plain.covariance(normed, 1, 1, 0.5)).isZero();
    for (Reading other :
        List.of(
            new Reading(Reading.View.NORMED, 2, 8, 4),
            new Reading(Reading.View.CENTRED, 2, 8, 1))) {
      assertThatThrownBy(() -> normed.covariance(other, 1, 1, 0.5))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("behind norms");
    }
  }

  /**
   * φ² = sin² = ½(1 − cos 2x), and cos has known coefficients: E (−1)^k e^{−2γ²}(2γ)^{2k}/√(2k)!.
   */
  @Test
  void sineHasAClosedForm() {
    double gamma = 0.7;
    double c = 0.6;
    double expected = 0;
    double term = 0.25 * Math.exp(-4 * gamma * gamma);
    for (int k = 1; k < 40; k++) {
      term *= 4 * gamma * gamma * c / k;
      expected += k % 2 == 0 && k > 2 ? term : 0;
    }
    NormedSquares squares = new NormedSquares(Activations.SIN, gamma, false);
    assertThat(squares.covariance(c)).isCloseTo(expected, within(1e-12));
    double step = 1e-4;
    double bent =
        squares.covariance(c + step) + squares.covariance(c - step) - 2 * squares.covariance(c);
    assertThat(squares.curvature(c)).isCloseTo(bent / step / step / 2, within(1e-6));
  }

  /** Vectors on spheres, drawn: mean and variance of the mean of φ². */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void spheresLeaveThisChance(boolean isCentred) {
    int n = 64;
    double gamma = 1.5;
    Activation activation = Activations.GELU;
    Random random = new Random(5);
    double[] means = new double[VECTORS];
    double all = 0;
    for (int v = 0; v < VECTORS; v++) {
      means[v] = mean(activation, onSphere(random, n, gamma, isCentred));
      all += means[v] / VECTORS;
    }
    double variance = 0;
    for (double mean : means) {
      variance += (mean - all) * (mean - all) / (VECTORS - 1);
    }
    NormedSquares law = new NormedSquares(activation, gamma, isCentred);
    // Five standard errors, and the next order: 8/n.
    assertThat(n * variance / law.covariance(1))
        .isCloseTo(1, within(5 * Math.sqrt(2.0 / VECTORS) + 8.0 / n));
    double wide = new NormedLimit(activation, gamma).secondMoment();
    double error = Math.sqrt(variance / VECTORS);
    assertThat((all - wide - law.shift() / n) / error).isBetween(-5.0, 5.0);
  }

  /** E φ² by a rule of its own: Riemann's sum. */
  private record NormedLimit(Activation activation, double gamma) {
    double secondMoment() {
      double sum = 0;
      double weights = 0;
      for (double u = -9; u <= 9; u += 1e-3) {
        double weight = Math.exp(-0.5 * u * u);
        sum += weight * Math.pow(activation.value(gamma * u), 2);
        weights += weight;
      }
      return sum / weights;
    }
  }

  private static double mean(Activation activation, double[] z) {
    double sum = 0;
    for (double each : z) {
      sum += Math.pow(activation.value(each), 2) / z.length;
    }
    return sum;
  }

  private static double[] onSphere(Random random, int n, double gamma, boolean isCentred) {
    double[] z = DoubleStream.generate(random::nextGaussian).limit(n).toArray();
    double mean = 0;
    for (double each : z) {
      mean += isCentred ? each / n : 0;
    }
    double squares = 0;
    for (double each : z) {
      squares += (each - mean) * (each - mean) / n;
    }
    for (int i = 0; i < n; i++) {
      z[i] = gamma * (z[i] - mean) / Math.sqrt(squares);
    }
    return z;
  }
}
