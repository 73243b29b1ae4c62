package org.phasemap.predict.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.graph.Norm;
import org.phasemap.theory.gauss.HermiteExpansion;

class UnitLawsTest {
  private static final UnitLaws RELU = new UnitLaws(Activations.RELU);

  private static final Reading SQUARE = new Reading(Reading.View.SQUARE, 1, 100);
  private static final Reading SLOPE = new Reading(Reading.View.SLOPE, 1, 100);

  private static HermiteExpansion squares(double q) {
    return HermiteExpansion.of(Activations.RELU, q, z -> z > 0 ? z * z : 0);
  }

  private static HermiteExpansion slopes(double q) {
    return HermiteExpansion.of(Activations.RELU, q, z -> z > 0 ? 1 : 0);
  }

  /** Closed forms of ReLU against their series, which have 48 terms. */
  @ParameterizedTest
  @CsvSource({"0.3, 1, 2", "0.7, 0.4, 0.9", "0, 1, 1", "-0.5, 2, 1"})
  void closedFormsAreTheirSeries(double c, double a, double b) {
    UnitLaws.Numbers at = new UnitLaws.Numbers(a, b, c * Math.sqrt(a * b));
    double root = Math.sqrt(a * b);
    assertThat(RELU.covariance(SQUARE, SQUARE, at))
        .isCloseTo(squares(a).covariance(squares(b), c), within(1e-6));
    assertThat(RELU.covariance(SLOPE, SLOPE, at))
        .isCloseTo(slopes(a).covariance(slopes(b), c), within(1e-5));
    assertThat(RELU.covariance(SLOPE, SQUARE, at))
        .isCloseTo(slopes(a).covariance(squares(b), c), within(1e-5));
    assertThat(RELU.derivative(SQUARE, SQUARE, at))
        .isCloseTo(squares(a).derivative(squares(b), c) / root, within(1e-5));
    assertThat(RELU.derivative(SLOPE, SQUARE, at))
        .isCloseTo(slopes(a).derivative(squares(b), c) / root, within(1e-5));
    assertThat(RELU.curvature(SQUARE, SQUARE, at))
        .isCloseTo(0.5 * squares(a).secondDerivative(squares(b), c) / a / b, within(1e-5));
    assertThat(RELU.tilt(SQUARE, SQUARE, at))
        .isCloseTo(squares(a).tilt(squares(b), c), within(1e-5));
    assertThat(RELU.tilt(SLOPE, SQUARE, at)).isCloseTo(slopes(a).tilt(squares(b), c), within(1e-5));
  }

  /** ARCHITECTURES 2.3: 3 and 3 − 8/π of one vector, over V² = ¼. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void normsTakeTheirPolynomialsAway(double gamma) {
    double g2 = gamma * gamma;
    UnitLaws.Numbers same = new UnitLaws.Numbers(3, 3, 3);
    Reading rms = new Reading(Reading.View.SQUARE, 1, 100, Norm.RMS, g2);
    Reading layer = new Reading(Reading.View.SQUARE, 1, 100, Norm.LAYER, g2);
    assertThat(RELU.covariance(rms, rms, same)).isCloseTo(0.75 * g2 * g2, within(1e-12));
    assertThat(RELU.covariance(layer, layer, same))
        .isCloseTo((0.75 - 2 / Math.PI) * g2 * g2, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "gelu", "sigmoid", "selu"})
  void meansOfNoVarianceAreThoseOfLittle(String activation) {
    UnitLaws laws = new UnitLaws(Activations.parse(activation));
    Reading normed = new Reading(Reading.View.SQUARE, 1, 100, Norm.RMS, 0);
    assertThat(laws.mean(SQUARE, 0)).isCloseTo(laws.mean(SQUARE, 1e-12), within(1e-11));
    assertThat(laws.mean(normed, 1)).isEqualTo(laws.mean(SQUARE, 0));
    if (!activation.equals("selu")) { // whose slope jumps at 0
      assertThat(laws.mean(SLOPE, 0)).isCloseTo(laws.mean(SLOPE, 1e-12), within(1e-5));
    }
  }

  /** By finite differences of Gaussian expectations. */
  @ParameterizedTest
  @CsvSource({"tanh, 0.7", "gelu, 1.5", "erf, 2", "selu, 0.8"})
  void growthAndBendAreDerivatives(String activation, double q) {
    var phi = Activations.parse(activation);
    UnitLaws laws = new UnitLaws(phi);
    double step = 1e-3 * q;
    double below = laws.mean(SQUARE, q - step);
    double here = laws.mean(SQUARE, q);
    double above = laws.mean(SQUARE, q + step);
    assertThat(laws.growth(SQUARE, q)).isCloseTo((above - below) / (2 * step), within(1e-5));
    assertThat(laws.bend(SQUARE, q))
        .isCloseTo((above - 2 * here + below) / (step * step), within(1e-4));
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
    UnitLaws sine = new UnitLaws(Activations.SIN);
    Reading normed = new Reading(Reading.View.SQUARE, 1, 100, Norm.RMS, gamma * gamma);
    UnitLaws.Numbers at = new UnitLaws.Numbers(1, 1, c);
    assertThat(sine.covariance(normed, normed, at)).isCloseTo(expected, within(1e-12));
    double step = 1e-4;
    double above = sine.covariance(normed, normed, new UnitLaws.Numbers(1, 1, c + step));
    double below = sine.covariance(normed, normed, new UnitLaws.Numbers(1, 1, c - step));
    assertThat(sine.derivative(normed, normed, at))
        .isCloseTo((above - below) / (2 * step), within(1e-6));
    assertThat(sine.curvature(normed, normed, at))
        .isCloseTo((above + below - 2 * expected) / (step * step) / 2, within(1e-6));
  }

  /** Vectors on spheres, drawn: mean and variance of the mean of φ². */
  @ParameterizedTest
  @EnumSource(names = {"RMS", "LAYER"})
  void spheresLeaveThisChance(Norm norm) {
    int n = 64;
    int vectors = 4000;
    double gamma = 1.5;
    Random random = new Random(5);
    double[] means = new double[vectors];
    for (int v = 0; v < vectors; v++) {
      for (double z : onSphere(random, n, gamma, norm == Norm.LAYER)) {
        means[v] += Math.pow(Activations.GELU.value(z), 2) / n;
      }
    }
    UnitLaws gelu = new UnitLaws(Activations.GELU);
    Reading normed = new Reading(Reading.View.SQUARE, 1, n, norm, gamma * gamma);
    double law = gelu.covariance(normed, normed, new UnitLaws.Numbers(1, 1, 1));
    double variance = StatUtils.variance(means);
    // Five standard errors, and the next order: 8/n.
    assertThat(n * variance / law).isCloseTo(1, within(5 * Math.sqrt(2.0 / vectors) + 8.0 / n));
    double shift = -gelu.bend(normed, gamma * gamma) * Math.pow(gamma, 4) / n;
    double wide = gelu.mean(SQUARE, gamma * gamma);
    assertThat((StatUtils.mean(means) - wide - shift) / Math.sqrt(variance / vectors))
        .isBetween(-5.0, 5.0);
  }

  private static double[] onSphere(Random random, int n, double gamma, boolean isCentred) {
    double[] z = DoubleStream.generate(random::nextGaussian).limit(n).toArray();
    double mean = isCentred ? StatUtils.mean(z) : 0;
    double squares = Arrays.stream(z).map(each -> (each - mean) * (each - mean) / n).sum();
    return Arrays.stream(z).map(each -> gamma * (each - mean) / Math.sqrt(squares)).toArray();
  }
}
