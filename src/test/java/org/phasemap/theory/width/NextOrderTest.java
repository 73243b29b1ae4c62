package org.phasemap.theory.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Activation;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.limit.LayerLaw;

/** The next order in 1/n against laws that are exact at every width, and against networks. */
class NextOrderTest {
  private static final int DEPTH = 6;

  /** Log-norms of bias-free homogeneous networks: what 1/n² adds, from two large widths. */
  @ParameterizedTest
  @CsvSource({"linear, 1", "relu, 2", "leaky_relu(0.3), 1.8348623853211"})
  void isThatOfExactLaws(String activation, double sigmaW2) {
    Activation f = Activations.parse(activation);
    NextOrder.Terms gain =
        NextOrder.layers(new LayerLaw(f, sigmaW2, 0), sigmaW2, DEPTH + 1).get(DEPTH).tangent();
    double a = f.homogeneousSlope();
    int n = 1000;
    LogNormLaw law = new LogNormLaw(a, n, sigmaW2);
    LogNormLaw wide = new LogNormLaw(a, 2 * n, sigmaW2);
    double first = 2 * 2.0 * n * wide.variance(DEPTH) - n * law.variance(DEPTH);
    double next = 2.0 * n * (n * law.variance(DEPTH) - 2.0 * n * wide.variance(DEPTH));
    double nextShift = 2.0 * n * (n * law.mean(DEPTH) - 2.0 * n * wide.mean(DEPTH));
    // What is left is of the third order, some 10/n of the second.
    assertThat(gain.variance()).isCloseTo(first, within(1e-3 * first));
    assertThat(gain.nextVariance()).isCloseTo(next, within(0.03 * next));
    assertThat(gain.nextShift()).isCloseTo(nextShift, within(0.03 * Math.abs(nextShift)));
  }

  /**
   * Networks so narrow that the next order is a tenth of their variance. It must be met to a third
   * of itself, which is what the orders after it make of it, and within four standard errors.
   */
  @ParameterizedTest
  @CsvSource({
    "tanh, 2.5, 0.05, 32, 4, 20000",
    "tanh, 1.5, 0, 32, 5, 20000",
    "gelu, 1.5, 0.05, 96, 6, 12000",
    "silu, 1.4, 0.1, 96, 4, 12000",
    "relu, 2, 0.05, 48, 4, 20000"
  })
  void isThatOfNetworks(
      String activation, double sigmaW2, double sigmaB2, int width, int depth, int networks) {
    LayerLaw law = new LayerLaw(Activations.parse(activation), sigmaW2, sigmaB2);
    List<NextOrder.Layer> layers = NextOrder.layers(law, sigmaW2 + sigmaB2, depth + 1);
    Random random = new Random(5);
    SummaryStatistics norm = new SummaryStatistics();
    SummaryStatistics gain = new SummaryStatistics();
    for (int i = 0; i < networks; i++) {
      double[] drawn = network(law, width, depth, random);
      norm.addValue(drawn[0]);
      gain.addValue(drawn[1]);
    }
    holds(norm, layers.get(depth).lnKernel(), width);
    holds(gain, layers.get(depth - 1).tangent(), width);
  }

  private static void holds(SummaryStatistics measured, NextOrder.Terms terms, int width) {
    double first = terms.variance() / width;
    double share = terms.nextVariance() / (terms.variance() * width);
    double error = Math.sqrt(2.0 / measured.getN()); // Of nearly normal values.
    assertThat(measured.getVariance() / first - 1)
        .as("next order of the variance")
        .isCloseTo(share, within(Math.abs(share) / 3 + 4 * error));
    assertThat(Math.abs(share)).isLessThan(0.2);
  }

  /**
   * {ln of the mean of φ(z_L)², ln of a squared tangent's gain to layer L}: given one layer, units
   * of the next are independent pairs of a z and a tangent, so no weights are needed.
   */
  private static double[] network(LayerLaw law, int n, int depth, Random random) {
    Activation f = law.activation();
    double hh = 0;
    double hu = 0;
    double uu = 0;
    double start = 1;
    for (int l = 1; l <= depth; l++) {
      double h2 = l == 1 ? 1 : hh;
      double v2 = l == 1 ? 1 : uu;
      double cosine = l == 1 ? 0 : hu / Math.sqrt(hh * uu);
      double w = Math.sqrt(law.sigmaW2());
      hh = 0;
      hu = 0;
      uu = 0;
      double tangent = 0;
      for (int i = 0; i < n; i++) {
        double x = random.nextGaussian();
        double y = cosine * x + Math.sqrt(1 - cosine * cosine) * random.nextGaussian();
        double z = w * Math.sqrt(h2) * x + Math.sqrt(law.sigmaB2()) * random.nextGaussian();
        double v = (l == 1 ? 1 : w) * Math.sqrt(v2) * y;
        double h = f.value(z);
        double u = f.derivative(z) * v;
        tangent += v * v / n;
        hh += h * h / n;
        hu += h * u / n;
        uu += u * u / n;
      }
      if (l == 1) {
        start = tangent;
      }
      if (l == depth) {
        return new double[] {Math.log(hh), Math.log(tangent / start)};
      }
    }
    throw new IllegalArgumentException("depth must be >= 1: " + depth);
  }

  /**
   * GELU at σ_w² = 1.5, σ_b² = 0.05, 12 layers: 60,000 networks of width 256 have 1.142 ± 0.007
   * times the first order's variance of the gain, and n times the mean's distance from theory is
   * −5.4 ± 0.7, not −1.1.
   */
  @Test
  void endsBandsWhereTheNextOrderIsNotSmall() {
    LayerLaw law = new LayerLaw(Activations.parse("gelu"), 1.5, 0.05);
    FiniteWidth one = FiniteWidth.of(law, WeightLaw.NORMAL, 1, 1, 0.5, 12, 1);
    assertThat(one.lnGradientGain(12, 256).reliable()).isFalse();
    assertThat(one.lnJacobianMean(12, 256).reliable()).isFalse();
    assertThat(one.lnNtkScale(12, 256, 1).reliable()).isFalse();
    assertThat(one.lnGradientGain(12, 512).reliable()).isTrue();
    assertThat(one.lnQ(12, 256).reliable()).isTrue();
  }

  /**
   * Erf at σ_w² = 2 without biases, 8 layers: inputs lose their correlation, and what is left of it
   * by chance makes three of them vary together: 2,500 networks of width 32 have 1.27 ± 0.04 times
   * the first order's variance of ln q, one input alone 1.05.
   */
  @Test
  void endsBandsWhereInputsAreAlikeByChance() {
    LayerLaw law = new LayerLaw(Activations.parse("erf"), 2, 0);
    FiniteWidth three = FiniteWidth.of(law, WeightLaw.NORMAL, 1, 1, 0.2, 8, 3);
    FiniteWidth one = FiniteWidth.of(law, WeightLaw.NORMAL, 1, 1, 0.2, 8, 1);
    assertThat(three.lnQ(8, 32).reliable()).isFalse();
    assertThat(one.lnQ(8, 32).reliable()).isTrue();
    assertThat(three.lnQ(8, 512).reliable()).isTrue();
  }
}
