package org.phasemap.theory.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.architecture.attention.AttentionLayer;
import org.phasemap.theory.architecture.attention.SoftmaxPair;
import org.phasemap.theory.architecture.attention.SoftmaxRow;
import org.phasemap.theory.architecture.attention.TransformerLaw;
import org.phasemap.theory.architecture.attention.TransformerLaw.Norm;
import org.phasemap.theory.architecture.attention.TransformerStream;
import org.phasemap.theory.gauss.GaussianDraws;
import org.phasemap.theory.gauss.Grid;
import org.phasemap.theory.gauss.Sample;

/** Softmax moments against drawn logits, and transformers against what follows at ρ = 1. */
class AttentionMonteCarloTest {
  private final Random random = new Random(34);
  private final GaussianDraws draws = new GaussianDraws(random);

  @ParameterizedTest
  @CsvSource({"7, 3, 0.4", "3, 1, -0.5", "20, 12, 0.95", "5, 0.2, 0.001", "2, 30, 0.2"})
  void softmaxMomentsAreThoseOfDrawnLogits(int tokens, double variance, double correlation) {
    Sample[] samples = new Sample[6];
    Arrays.setAll(samples, i -> new Sample());
    double own = Math.sqrt(1 - correlation * correlation);
    for (int i = 0; i < 25_000; i++) {
      double[] s = draws.gaussian(tokens, Math.sqrt(variance));
      double[] t = draws.gaussian(tokens, Math.sqrt(variance));
      for (int j = 0; j < tokens; j++) {
        t[j] = correlation * s[j] + own * t[j];
      }
      double[] a = softmax(s);
      double[] b = softmax(t);
      double p = 0;
      double cubes = 0;
      double x = 0;
      double mixed = 0;
      for (int j = 0; j < tokens; j++) {
        p += a[j] * a[j];
        cubes += a[j] * a[j] * a[j];
        x += a[j] * b[j];
        mixed += a[j] * a[j] * b[j];
      }
      double[] values = {p, cubes, p * p, x, mixed, x * x};
      for (int k = 0; k < values.length; k++) {
        samples[k].add(values[k]);
      }
    }
    SoftmaxRow row = SoftmaxRow.of(tokens, variance);
    SoftmaxPair pair = SoftmaxPair.of(tokens, variance, correlation);
    double[] expected = {
      row.squares(),
      row.cubes(),
      row.squareOfSquares(),
      pair.overlap(),
      pair.mixed(),
      pair.squareOfOverlap()
    };
    for (int k = 0; k < expected.length; k++) {
      samples[k].hasMean(expected[k], 0.01);
    }
  }

  private static double[] softmax(double[] s) {
    double z = Arrays.stream(s).map(Math::exp).sum();
    return Arrays.stream(s).map(v -> Math.exp(v) / z).toArray();
  }

  /** Two tokens: A = 1/(1 + e^{−d}), d ~ N(0, 2v). One integral, 1e-11; pairs have 1e-10. */
  @ParameterizedTest
  @CsvSource({"1e-4", "1", "60"})
  void twoTokensAreOneIntegral(double variance) {
    SoftmaxRow row = SoftmaxRow.of(2, variance);
    double entropy =
        Grid.expect(
            2 * variance,
            d -> Math.log1p(Math.exp(-Math.abs(d))) + Math.abs(d) / (1 + Math.exp(Math.abs(d))));
    double squares = Grid.expect(2 * variance, d -> squares(1 / (1 + Math.exp(-d))));
    double fourth = Grid.expect(2 * variance, d -> Math.pow(squares(1 / (1 + Math.exp(-d))), 2));
    assertThat(row.entropy()).isCloseTo(entropy, within(1e-11));
    assertThat(row.squares()).isCloseTo(squares, within(1e-11));
    assertThat(row.squareOfSquares()).isCloseTo(fourth, within(1e-11));
    SoftmaxPair same = SoftmaxPair.of(2, variance, 1);
    assertThat(same.overlap()).isCloseTo(squares, within(1e-10));
    assertThat(same.squareOfOverlap()).isCloseTo(fourth, within(1e-10));
    assertThat(same.mixed()).isCloseTo(row.cubes(), within(1e-10));
  }

  private static double squares(double a) {
    return a * a + (1 - a) * (1 - a);
  }

  /** Where the common part is small it is integrated in another way than where it is large. */
  @Test
  void overlapsAreSmoothInTheCorrelation() {
    double at = SoftmaxPair.of(6, 4, 0).overlap();
    double slope = (SoftmaxPair.of(6, 4, 1e-3).overlap() - at) / 1e-3;
    for (double rho : new double[] {1e-9, 1e-6, 1e-4, 3e-4}) {
      double overlap = SoftmaxPair.of(6, 4, rho).overlap();
      assertThat(overlap - at).isCloseTo(slope * rho, within(1e-12 + 2e-3 * slope * rho));
    }
  }

  /** Independent tokens: the uniform limit has C₃ = (T − 1)/T². */
  @Test
  void weakLogitsAreUniform() {
    AttentionLayer layer = AttentionLayer.of(9, 1e-12, 0.3);
    assertThat(layer.row().slope()).isCloseTo(8.0 / 81, within(1e-11));
    assertThat(layer.similarity()).isCloseTo(1, within(1e-11));
    assertThat(AttentionLayer.entropy(9, 1e-12, 0.3)).isCloseTo(Math.log(9), within(1e-11));
  }

  /** A block's factor of 1 − ρ and of a common gradient near ρ = 1 are its exponents. */
  @ParameterizedTest
  @CsvSource({"tanh, 0.1, 4, 4", "gelu, 0.5, 2, 1", "relu, 1, 2, 1"})
  void exponentsAreSlopesOfTheMaps(String name, double scale2, double w1, double w2) {
    TransformerLaw law =
        new TransformerLaw(Norm.POST, 8, 1.5, 0.7, Activations.parse(name), w1, w2, scale2, scale2);
    double apart = 1e-9;
    TransformerStream stream = new TransformerStream(law, 1 - apart).through(1);
    double expected = Math.exp(law.angleExponent()) * apart;
    assertThat(1 - stream.similarity()).isCloseTo(expected, within(2e-4 * expected));
    assertThat(new TransformerStream(law, 1).through(3).lnGradientGain(1))
        .isCloseTo(3 * law.gradientExponent(), within(1e-10));
  }

  /** Tokens that are all one behave as one input: a residual network with gradients from all. */
  @Test
  void withoutNormGradientsOfOneTokenAddUp() {
    TransformerLaw law =
        new TransformerLaw(Norm.NONE, 5, 2, 0.8, Activations.parse("relu"), 2, 1, 0.3, 0.3);
    TransformerStream stream = new TransformerStream(law, 1).through(2);
    double block = (1 + 0.3 * 0.8) * (1 + 0.3);
    assertThat(stream.secondMoment()).isCloseTo(block * block, within(1e-12));
    assertThat(stream.lnGradientGain(1)).isCloseTo(2 * Math.log(block), within(1e-10));
  }
}
