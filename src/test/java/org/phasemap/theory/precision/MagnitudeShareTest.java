package org.phasemap.theory.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.gauss.Sample;

class MagnitudeShareTest {
  private static final double ZERO = FloatFormat.FP32.largestFlushed();
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Signals to rounding, gradients to what their integration is good for. */
  private static final Percentage SIGNAL = Percentage.withPercentage(1e-10);

  private static final Percentage GRADIENT = Percentage.withPercentage(1e-7);

  /**
   * mpmath, 30 digits: |φ(x)| = bound by bisection on pieces where |φ| is monotone, with the normal
   * law's distribution function; gradients by Gauss–Legendre rules of 24 points on pieces that
   * shrink to the zeros of φ′.
   */
  @ParameterizedTest
  @CsvFileSource(resources = "magnitude_shares.csv", numLinesToSkip = 1)
  void sharesAreThoseOfHighPrecision(
      String activation,
      double q,
      @Nullable Double variance,
      double nonZero,
      double fp16Subnormal,
      double fp16Flushed,
      double fp16Overflow,
      double bf16Subnormal,
      double bf16Flushed,
      double bf16Overflow) {
    MagnitudeShare share = new MagnitudeShare(Activations.parse(activation), q);
    assertBetween(share, variance, ZERO, INFINITY, nonZero);
    FloatFormat fp16 = FloatFormat.FP16;
    assertBetween(share, variance, ZERO, fp16.minNormal(), fp16Subnormal * nonZero);
    assertBetween(share, variance, ZERO, fp16.largestFlushed(), fp16Flushed * nonZero);
    assertBetween(share, variance, fp16.largest(), INFINITY, fp16Overflow * nonZero);
    FloatFormat bf16 = FloatFormat.BF16;
    assertBetween(share, variance, ZERO, bf16.minNormal(), bf16Subnormal * nonZero);
    assertBetween(share, variance, ZERO, bf16.largestFlushed(), bf16Flushed * nonZero);
    assertBetween(share, variance, bf16.largest(), INFINITY, bf16Overflow * nonZero);
  }

  private static void assertBetween(
      MagnitudeShare share, @Nullable Double variance, double low, double high, double expected) {
    double actual =
        variance == null
            ? share.signalBetween(low, high)
            : share.gradientBetween(low, high, variance);
    if (expected < 1e-15) {
      assertThat(actual).isCloseTo(expected, within(1e-16));
    } else {
      assertThat(actual).isCloseTo(expected, variance == null ? SIGNAL : GRADIENT);
    }
  }

  @Test
  void gaussianEntriesHaveTheErrorFunctionsShare() {
    MagnitudeShare share = new MagnitudeShare(Activations.parse("linear"), 1e-8);

    assertThat(share.signalBetween(ZERO, FloatFormat.FP16.minNormal()))
        .isCloseTo(FloatFormat.FP16.fractionBelowNormal(1e-4), SIGNAL);
    assertThat(share.signalBetween(ZERO, 1e-15)).isCloseTo(Math.sqrt(2 / Math.PI) * 1e-11, SIGNAL);
    assertThat(share.signalBetween(6e-4, INFINITY)).isCloseTo(1.973175290075396e-9, SIGNAL);
    assertThat(share.gradientBetween(ZERO, FloatFormat.FP16.largestFlushed(), 1e-12))
        .isCloseTo(Erf.erf(FloatFormat.FP16.largestFlushed() / (1e-6 * Math.sqrt(2))), SIGNAL);
    assertThat(share.signalBetween(ZERO, 1)).isCloseTo(1, within(1e-14));
  }

  /** Half of ReLU's entries are 0, and its others are those of a line. */
  @Test
  void zerosDoNotCount() {
    MagnitudeShare relu = new MagnitudeShare(Activations.parse("relu"), 2);
    MagnitudeShare linear = new MagnitudeShare(Activations.parse("linear"), 2);

    assertThat(relu.signalBetween(ZERO, INFINITY)).isCloseTo(0.5, within(1e-15));
    assertThat(relu.signalBetween(ZERO, 0.3))
        .isCloseTo(0.5 * linear.signalBetween(ZERO, 0.3), within(1e-14));
    assertThat(relu.gradientBetween(ZERO, 0.3, 0.7))
        .isCloseTo(0.5 * linear.gradientBetween(ZERO, 0.3, 0.7), within(1e-13));
  }

  /** φ(0) is all that is left of signals without variance; infinite ones overflow. */
  @Test
  void signalsWithoutSpread() {
    MagnitudeShare dead = new MagnitudeShare(Activations.parse("tanh"), 0);
    assertThat(dead.signalBetween(ZERO, INFINITY)).isZero();
    assertThat(dead.gradientBetween(ZERO, INFINITY, 1)).isCloseTo(1, within(1e-14));
    assertThat(new MagnitudeShare(Activations.parse("sigmoid"), 0).signalBetween(0.4, 0.6)).isOne();

    MagnitudeShare infinite = new MagnitudeShare(Activations.parse("relu"), INFINITY);
    assertThat(infinite.signalBetween(ZERO, INFINITY)).isEqualTo(0.5);
    assertThat(infinite.signalBetween(FloatFormat.BF16.largest(), INFINITY)).isEqualTo(0.5);
    assertThat(new MagnitudeShare(Activations.parse("relu"), Double.NaN).signalBetween(1, 2))
        .isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "gelu, 2, 0.1",
    "sin, 6, 0.4",
    "sin, 0.6, 0.4",
    "hard_tanh, 1.5, 0.5",
    "prelu(-0.5), 2, 0.3",
    "leaky_relu(0.2), 2, 0.3"
  })
  void sharesOfDrawnEntries(String name, double q, double bound) {
    Activation activation = Activations.parse(name);
    MagnitudeShare share = new MagnitudeShare(activation, q);
    Random random = new Random(3);
    Sample signals = new Sample();
    Sample gradients = new Sample();
    for (int i = 0; i < 100_000; i++) {
      double z = Math.sqrt(q) * random.nextGaussian();
      double signal = Math.abs(activation.value(z));
      double gradient = Math.abs(activation.derivative(z) * random.nextGaussian());
      signals.add(signal > ZERO && signal <= bound ? 1 : 0);
      gradients.add(gradient > ZERO && gradient <= bound ? 1 : 0);
    }
    signals.hasMean(share.signalBetween(ZERO, bound), 0.002);
    gradients.hasMean(share.gradientBetween(ZERO, bound, 1), 0.002);
  }
}
