package org.phasemap.measure.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.Probers;
import org.phasemap.network.Architecture;
import org.phasemap.network.architecture.Autoencoder;
import org.phasemap.network.architecture.Convolutional;
import org.phasemap.network.architecture.DenselyConnected;
import org.phasemap.network.architecture.Groups;
import org.phasemap.network.architecture.Place;
import org.phasemap.network.architecture.Plain;
import org.phasemap.network.architecture.Readout;
import org.phasemap.network.architecture.Residual;
import org.phasemap.network.architecture.ResidualScale;
import org.phasemap.network.architecture.Transformer;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Taps;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.quantity.TokenQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.architecture.weights.DeepAutoencoder;

/**
 * Laws of ARCHITECTURES.md by measurement: means, and a variance, within four of the measurement's
 * own standard errors of the rows of architecture_values.csv.
 */
class LayeredLawsTest {
  private static final Probe[] SIGNAL = {Probe.SIGNAL};

  /** Exact at any width: a product of chi-squares (ARCHITECTURES 7). */
  @Test
  void anAutoencodersLengthIsAProductOfItsWidths() {
    Autoencoder architecture = new Autoencoder(List.of(64, 32, 8, 32, 64));
    Cell cell = relu(architecture, 5, 64, 2, new Inputs(1, 64, 1, 0), SIGNAL);

    double[] ln = LayeredCells.measure(cell, 1500, m -> m.number(SignalQuantity.LN_NORM_RATIO));

    double[] alive = Arrays.stream(ln).filter(x -> !Double.isNaN(x)).toArray();
    assertMean(alive, -0.6440748837307014);
    assertVariance(alive, 1.767979403331475);
  }

  @Test
  void anAutoencodersBottleneckKills() {
    Autoencoder architecture = new Autoencoder(List.of(512, 128, 32, 2, 32, 128, 512));
    Cell cell = relu(architecture, 7, 64, 2, new Inputs(1, 64, 1, 0), SIGNAL);

    // Widths of 64, 16, 4, 1, …: dead where the one unit is, or all four before it or after it.
    double[] dead = LayeredCells.measure(cell, 1500, m -> m.number(SignalQuantity.DEAD_SHARE));

    assertMean(
        Arrays.stream(dead).map(x -> x == 1 ? 1 : 0).toArray(), 1 - 0.5 * Math.pow(15.0 / 16, 2));
  }

  /**
   * Where float32 ends, half as much again as He: the mean of ln q reaches its square near layer
   * 235, and not at the 219 of the mean of q, which few networks make (ARCHITECTURES 7).
   */
  @Test
  void anAutoencoderOverflowsAtTheLayerThatItsLawSays() {
    Autoencoder architecture = new Autoencoder(List.of(64, 32, 64));
    int depth = 290;
    double multiplier = 1.5;
    Cell cell =
        relu(architecture, depth, 64, 2 * multiplier * multiplier, new Inputs(1, 64, 1, 0), SIGNAL);
    int expected = 1;
    double ln = 0;
    // The largest of 64 units is some 2.35 standard deviations.
    double end = 2 * Math.log(Float.MAX_VALUE / 2.35);
    while (ln < end) {
      expected++;
      int[] widths =
          IntStream.range(1, expected).map(l -> architecture.units(l, depth, 64)).toArray();
      ln =
          2 * Math.log(multiplier)
              + Math.log(2)
              + new DeepAutoencoder(widths, multiplier).logMean();
    }

    double[] layer = LayeredCells.measure(cell, 40, m -> firstOverflow(m.profile(Profile.Q)));

    // A layer more or less from the largest unit, which varies.
    assertThat(StatUtils.mean(layer)).isCloseTo(expected, within(4 * standardError(layer) + 1));
    assertThat(expected).isGreaterThan(225);
  }

  private static double firstOverflow(double[] q) {
    return 1
        + IntStream.range(0, q.length).filter(l -> !(q[l] < 1e300)).findFirst().orElse(q.length);
  }

  /** Exact at any width (ARCHITECTURES 6). */
  @Test
  void weightNormFluctuatesAsItsLawSays() {
    Plain architecture = new Plain(Norm.NONE, Place.BEFORE, 1, Parameterisation.WEIGHT_NORM);
    Cell cell = relu(architecture, 1, 32, 2, new Inputs(1, 32, 1, 0), SIGNAL);

    double[] r =
        LayeredCells.measure(cell, 3000, m -> Math.exp(m.number(SignalQuantity.LN_NORM_RATIO)));

    assertMean(r, 1);
    assertMean(Arrays.stream(r).map(x -> x * x).toArray(), 1.1452205882352942);
  }

  /** 1/E σ_max², asymptotic: good to 1 %, and E 1/σ_max² is within 1 % of it. */
  @Test
  void spectralNormTakesAQuarterOfTheVariance() {
    Plain architecture = new Plain(Norm.NONE, Place.BEFORE, 1, Parameterisation.SPECTRAL_NORM);
    Cell cell =
        LayeredCells.cell(
            LayeredCells.network(architecture, "linear", 1, 64, 1, 0),
            new Inputs(1, 64, 1, 0),
            SIGNAL);

    double[] q = LayeredCells.measure(cell, 400, m -> Math.exp(m.number(SignalQuantity.LN_Q)));

    double error = 4 * standardError(q) + 0.02 * 0.2646;
    assertThat(StatUtils.mean(q)).isCloseTo(1 / 3.7791674828178015, within(error));
  }

  /** Exact at any width (ARCHITECTURES 0.1, 3.2). */
  @ParameterizedTest
  @CsvSource({"POST2, 3", "PRE2, 2"})
  void aResidualBlockGrowsByItsFactor(Residual.Order order, double factor) {
    Residual architecture =
        new Residual(Residual.Image.NONE, order, ResidualScale.ONE, Norm.NONE, false, false);
    Cell cell = relu(architecture, 2, 64, 2, new Inputs(1, 16, 1, 0), SIGNAL);

    double[] ratio =
        LayeredCells.measure(cell, 500, m -> m.profile(Profile.Q)[1] / m.profile(Profile.Q)[0]);

    assertMean(ratio, factor);
  }

  /** Exact at any width (ARCHITECTURES 4). */
  @Test
  void aDenseNetsMapsShrinkAsTheRecursionSays() {
    Cell cell =
        relu(new DenselyConnected(32, Norm.NONE), 12, 64, 1, new Inputs(1, 64, 1, 0), SIGNAL);

    double[] q = LayeredCells.measure(cell, 600, m -> Math.exp(m.number(SignalQuantity.LN_Q)));

    assertMean(q, 0.20664135615030924);
  }

  /**
   * ARCHITECTURES 2.1: the rate of the middle layers, B/n of bias beside four standard errors. A
   * mean of ln lies a fluctuation of some 2.5/n below ln of the mean.
   */
  @ParameterizedTest
  @CsvSource({"relu, 8, 1.7881899766587515", "tanh, 16, 1.2462584138549637"})
  void batchNormMakesGradientsGrow(String activation, int batch, double rate) {
    int width = 256;
    Plain architecture = new Plain(Norm.BATCH, Place.BEFORE, 1, Parameterisation.PLAIN);
    Cell cell =
        LayeredCells.cell(
            LayeredCells.network(architecture, activation, 20, width, 1.3, 0.2),
            new Inputs(batch, 64, 1, 0),
            Probe.GRADIENT);

    double[] slope =
        LayeredCells.measure(cell, 30, m -> slope(m.profile(Profile.LN_GRADIENT), 6, 14));

    assertThat(StatUtils.mean(slope))
        .isCloseTo(Math.log(rate), within(4 * standardError(slope) + (batch + 2.5) / width));
  }

  /** ARCHITECTURES 2.3; fluctuations of 4/n a layer lie between a mean of ln and ln of a mean. */
  @ParameterizedTest
  @CsvSource({
    "relu, AFTER, LAYER, 1.466942206924",
    "relu, AFTER, RMS, 1",
    "relu, BEFORE, LAYER, 1",
    "tanh, BEFORE, LAYER, 1.1778"
  })
  void layerNormsChangeChi(String activation, Place place, Norm norm, double chi) {
    int width = 256;
    Plain architecture = new Plain(norm, place, 1, Parameterisation.PLAIN);
    Cell cell =
        LayeredCells.cell(
            LayeredCells.network(architecture, activation, 16, width, 2, 0),
            new Inputs(1, 64, 1, 0),
            Probe.GRADIENT);

    double[] slope =
        LayeredCells.measure(cell, 60, m -> slope(m.profile(Profile.LN_GRADIENT), 2, 14));

    assertThat(StatUtils.mean(slope))
        .isCloseTo(Math.log(chi) - 4.0 / width, within(4 * standardError(slope) + 2.0 / width));
  }

  /** ARCHITECTURES 5.1: logits of variance 1, keys of 64 components, 16 tokens. */
  @Test
  void attentionHasTheEntropyOfIndependentLogits() {
    Transformer architecture =
        new Transformer(16, 1, Transformer.Order.PRE, 4, ResidualScale.ONE, 0);
    Cell cell = relu(architecture, 1, 64, 1, new Inputs(8, 17 * 64, 1, 0), SIGNAL);

    double[] entropy =
        LayeredCells.measure(cell, 40, m -> m.number(TokenQuantity.ATTENTION_ENTROPY));
    double[] variance =
        LayeredCells.measure(cell, 40, m -> m.number(TokenQuantity.ATTENTION_LOGIT_VARIANCE));

    assertMean(entropy, 2.3588);
    assertMean(variance, 1);
  }

  /** Which token a network prefers is drawn with its weights (ARCHITECTURES 5.1). */
  @Test
  void attentionPrefersNoTokenOnAverage() {
    int tokens = 6;
    Transformer architecture =
        new Transformer(tokens, 2, Transformer.Order.PRE, 1, ResidualScale.ONE, 0);
    Cell cell = relu(architecture, 1, 32, 2, new Inputs(1, tokens * 64, 1, 0), SIGNAL);

    double[][] weights = new double[tokens][200];
    try (Kernel kernel = Backends.fastest().open()) {
      for (int r = 0; r < 200; r++) {
        // Another seed has other inputs: given tokens are not quite exchangeable.
        Unit unit = new Unit(r, r, Sampler.DENSE, Sharing.INDEPENDENT, List.of(cell));
        Measurement found = Probers.of(architecture).measure(kernel, unit).get(0);
        double[] keys = found.profile(Profile.ATTENTION_KEYS);
        assertThat(StatUtils.sum(keys)).isCloseTo(1, within(1e-5));
        for (int token = 0; token < tokens; token++) {
          weights[token][r] = keys[token];
        }
      }
    }

    for (double[] weight : weights) {
      assertMean(weight, 1.0 / tokens);
      assertThat(StatUtils.variance(weight)).isGreaterThan(1e-3);
    }
  }

  /**
   * Tokens that are alike leave queries and keys nothing; what rounding leaves them is no number.
   */
  @Test
  void queriesOfTokensThatAreAlikeHaveNoGradient() {
    Transformer architecture =
        new Transformer(8, 2, Transformer.Order.POST, 1, ResidualScale.ONE, 0.5);
    Probe[] probes = {Probe.SIGNAL, Probe.GRADIENT};
    Cell cell = relu(architecture, 40, 32, 1, new Inputs(1, 9 * 64, 1, 0), probes);
    try (Kernel kernel = Backends.fastest().open()) {
      Measurement found = LayeredCells.measure(kernel, cell, 0);
      double[] ln = found.profile(Profile.LN_QUERY_KEY_GRADIENT);

      double[] rho = found.profile(Profile.TOKEN_COSINE);
      // (1 − ρ)² of the tokens that come in (ARCHITECTURES 5.4), of one network of 32 units.
      double alike = 2 * Math.log((1 - rho[10]) / (1 - rho[0]));
      assertThat(ln[11] - ln[1]).isCloseTo(alike, within(3.0)).isLessThan(-5);
      assertThat(found.number(TokenQuantity.LN_QUERY_KEY_GRADIENT)).isNaN();
      assertThat(found.number(TokenQuantity.TOKEN_COSINE)).isCloseTo(1, within(1e-6));
    }
  }

  /** Mean squares of 4/3 and 2/3 in turn; all alike where the stride divides the kernel. */
  @ParameterizedTest
  @CsvSource({"3, 0.1111111111", "4, 0"})
  void transposedConvolutionsSpreadOverPositions(int kernel, double spread) {
    Convolutional architecture =
        new Convolutional(
            List.of(8),
            new Taps(kernel, 2, Padding.CIRCULAR, true),
            Groups.of(1),
            Readout.FLATTEN,
            Norm.NONE,
            Place.BEFORE,
            Parameterisation.PLAIN);
    Cell cell = relu(architecture, 2, 256, 2, new Inputs(6, 8 * 64, 1, 0), SIGNAL);

    double[] found = LayeredCells.measure(cell, 40, m -> m.number(TokenQuantity.POSITION_SPREAD));

    // Inputs of 64 numbers at a position have lengths of their own, 2/64 of a variance each.
    assertThat(StatUtils.mean(found))
        .isCloseTo(spread, within(4 * standardError(found) + 2.0 / 64 / 6));
  }

  /** Pre-LN, vf = 1, ρ₀ = 0.1, six blocks; some 1/d of bias at d = 128 (ARCHITECTURES 10). */
  @Test
  void tokensOfATransformerGrowAlike() {
    Cell cell =
        relu(new HeTransformer(16, 8, 0.1), 6, 128, 1, new Inputs(2, 17 * 64, 1, 0), SIGNAL);

    double[] rho = LayeredCells.measure(cell, 25, m -> m.number(TokenQuantity.TOKEN_COSINE));
    double[] q = LayeredCells.measure(cell, 25, m -> Math.exp(m.number(SignalQuantity.LN_Q)));

    assertThat(StatUtils.mean(rho)).isCloseTo(0.66619925568, within(4 * standardError(rho)));
    assertThat(StatUtils.mean(q)).isCloseTo(9.97, within(4 * standardError(q)));
  }

  private static Cell relu(
      Architecture architecture, int depth, int width, double sigmaW2, Inputs in, Probe... probes) {
    return LayeredCells.cell(
        LayeredCells.network(architecture, "relu", depth, width, sigmaW2, 0), in, probes);
  }

  /** Growth per layer from layer {@code high} down to layer {@code low}. */
  private static double slope(double[] ln, int low, int high) {
    return (ln[low - 1] - ln[high - 1]) / (high - low);
  }

  private static double standardError(double[] values) {
    return Math.sqrt(StatUtils.variance(values) / values.length);
  }

  private static void assertMean(double[] values, double expected) {
    assertThat(StatUtils.mean(values)).isCloseTo(expected, within(4 * standardError(values)));
  }

  private static void assertVariance(double[] values, double expected) {
    double mean = StatUtils.mean(values);
    assertMean(Arrays.stream(values).map(x -> (x - mean) * (x - mean)).toArray(), expected);
  }
}
