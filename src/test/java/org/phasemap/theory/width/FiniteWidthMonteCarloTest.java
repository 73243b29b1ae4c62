package org.phasemap.theory.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Activation;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.predict.Bands;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.theory.gauss.Sample;
import org.phasemap.theory.limit.DenseNetwork;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.width.moment.PairCovariance;

/** Predicted means and standard deviations against networks with explicit weights. */
class FiniteWidthMonteCarloTest {
  private static final double LARGEST_ERROR = 0.05;

  @ParameterizedTest(name = "{0} {3} p={4}, n={5}, L={6}, m={7}, c0={8}")
  @CsvSource({
    "tanh, 1.3, 0.05, normal, 1, 96, 5, 3, 0.5, 700",
    "tanh, 2.5, 0.05, normal, 1, 96, 5, 2, 0.3, 700",
    "tanh, 1.5, 0, normal, 1, 96, 4, 2, -0.4, 700",
    "erf, 1.4, 0.1, uniform, 1, 96, 4, 2, 0.5, 600",
    "gelu, 1.5, 0.2, normal, 1, 160, 4, 2, 0.5, 400",
    "silu, 1.5, 0.3, normal, 1, 160, 4, 3, 0.6, 400",
    "elu, 1.2, 0.05, normal, 1, 128, 5, 3, 0.5, 500",
    "selu, 1, 0, normal, 1, 128, 4, 2, 0.2, 500",
    "hard_tanh, 1.5, 0.05, normal, 1, 96, 5, 2, 0.5, 600",
    "softsign, 2, 0.1, normal, 1, 96, 4, 2, 0.5, 600",
    "relu, 2, 0, normal, 1, 160, 4, 2, 0.7, 400",
    "relu, 1.5, 0.2, normal, 1, 160, 4, 1, 0.7, 400",
    "leaky_relu(0.3), 1.8, 0, normal, 1, 128, 4, 1, 0.5, 500",
    "linear, 1, 0, normal, 1, 96, 4, 2, 0.5, 600",
    "tanh, 1.76, 0.05, truncated, 1, 64, 4, 2, 0.5, 600",
    "tanh, 1.76, 0.05, orthogonal, 1, 64, 5, 2, 0.5, 500",
    "gelu, 1.5, 0.2, orthogonal, 1, 80, 4, 2, 0.6, 350",
    "tanh, 1.76, 0.05, normal, 0.5, 96, 4, 2, 0.5, 600",
    "selu, 1.2, 0, normal, 0.4, 96, 2, 3, 0.5, 600",
    "tanh, 1.76, 0.05, normal, 0.3, 64, 4, 3, 0.5, 900",
    "relu, 1.6, 0.05, normal, 0.5, 64, 3, 3, 0.5, 900",
    "gelu, 1.5, 0.2, normal, 0.3, 96, 3, 1, 0.5, 500",
  })
  void agrees(
      String activation,
      double sigmaW2,
      double sigmaB2,
      String law,
      double keep,
      int width,
      int depth,
      int inputs,
      double c0,
      int networks) {
    Activation f = Activations.parse(activation);
    WeightLaw weights = WeightLaw.valueOf(law.toUpperCase(java.util.Locale.ROOT));
    boolean wide = !weights.isIsotropic() || keep < 1;
    int dimension = wide ? 4 * width : width;
    DenseNetwork.Shape shape =
        new DenseNetwork.Shape(f, sigmaW2, sigmaB2, weights, keep, dimension, width, depth);
    Random random = new Random(activation.hashCode() + depth);
    double[][] x = DenseNetwork.inputs(inputs, dimension, 1, c0, random);
    FiniteWidth theory =
        FiniteWidth.of(new LayerLaw(f, sigmaW2, sigmaB2), weights, keep, 1, c0, depth, inputs);
    Bands.Sizes sizes = new Bands.Sizes(depth, width, keep * width, keep * dimension);
    Map<Quantity, Band> bands = Bands.ofOneOutput(theory, sizes);
    Map<Quantity, Sample> samples = new LinkedHashMap<>();
    bands.keySet().forEach(quantity -> samples.put(quantity, new Sample()));
    if (inputs == 1) {
      samples.remove(SignalQuantity.C);
    }
    if (keep < 1) {
      samples.remove(SignalQuantity.LN_WEIGHT_GRADIENT_RATIO);
    }
    for (int i = 0; i < networks; i++) {
      Map<String, Double> measured = new DenseNetwork(shape, x, random).scalars(random);
      samples.forEach(
          (of, sample) -> sample.add(Objects.requireNonNull(measured.get(of.column()))));
    }
    samples.forEach((of, sample) -> holds(sample, Objects.requireNonNull(bands.get(of))));
  }

  private static void holds(Sample sample, Band band) {
    sample.hasMean(band.mean(), LARGEST_ERROR);
    sample.hasStandardDeviation(band.standardDeviation());
  }

  @ParameterizedTest
  @CsvSource({
    "relu, 2, 10, 6, 6000",
    "leaky_relu(0.3), 1.8348623853211, 12, 5, 6000",
    "linear, 1, 10, 6, 6000"
  })
  void logNormLawsAreExactAtAnyWidth(
      String activation, double sigmaW2, int width, int depth, int networks) {
    Activation f = Activations.parse(activation);
    DenseNetwork.Shape shape =
        new DenseNetwork.Shape(f, sigmaW2, 0, WeightLaw.NORMAL, 1, width, width, depth + 1);
    Random random = new Random(11);
    double[][] x = DenseNetwork.inputs(1, width, 1, 0, random);
    LogNormLaw law = new LogNormLaw(f.homogeneousSlope(), width, sigmaW2);
    FiniteWidth theory =
        FiniteWidth.of(new LayerLaw(f, sigmaW2, 0), WeightLaw.NORMAL, 1, 1, 0, depth + 1, 1);
    Sample ln = new Sample();
    Sample whole = new Sample();
    Sample tangent = new Sample();
    Sample square = new Sample();
    double scale = Math.sqrt(law.relativeSecondMoment(depth));
    for (int i = 0; i < networks; i++) {
      DenseNetwork network = new DenseNetwork(shape, x, random);
      double ratio = network.normRatio();
      // The law holds where no layer is dead; the first one counts for the others.
      if (ratio > 0) {
        ln.add(Math.log(ratio));
        whole.add(network.lnNormRatio());
        tangent.add(network.lnJacobian(random));
      }
      square.add(Math.sqrt(ratio) / scale);
    }
    ln.hasMean(law.mean(depth), 0.03);
    ln.hasStandardDeviation(Math.sqrt(law.variance(depth)));
    holds(whole, theory.lnNormRatio(depth + 1, width));
    holds(tangent, theory.lnJacobianMean(depth + 1, width));
  }

  /**
   * A random tangent for each input: they are independent, yet their cosines, of order 1/√n, add up
   * over linear layers. Without them the variance would be 0.6 times that of the networks.
   */
  @Test
  void tangentsOfSeveralInputsComeToBeAlike() {
    Activation linear = Activations.parse("linear");
    DenseNetwork.Shape shape = new DenseNetwork.Shape(linear, 1, 0, WeightLaw.NORMAL, 1, 48, 48, 9);
    Random random = new Random(9);
    double[][] x = DenseNetwork.inputs(8, 48, 1, 0.5, random);
    FiniteWidth theory =
        FiniteWidth.of(new LayerLaw(linear, 1, 0), WeightLaw.NORMAL, 1, 1, 0.5, 9, 8);
    Sample tangent = new Sample();
    for (int i = 0; i < 1500; i++) {
      tangent.add(new DenseNetwork(shape, x, random).lnJacobian(random));
    }
    holds(tangent, theory.lnJacobianMean(9, 48));
  }

  /** Units of the first layer are independent; E φ_aφ_b of ReLU is in closed form. */
  @Test
  void meanOverUnitsOfOneLayerHasItsVariance() {
    LayerLaw law = new LayerLaw(Activations.parse("relu"), 1.5, 0.5);
    double q = 2;
    double c = (1.5 * 0.4 + 0.5) / q;
    Band band = FiniteWidth.of(law, WeightLaw.NORMAL, 1, 1, 0.4, 1, 3).mean(1, 50);
    double angle = Math.acos(c);
    double product = q * (Math.sin(angle) + (Math.PI - angle) * c) / (2 * Math.PI);
    double square = q / (2 * Math.PI);
    double variance = (0.5 * q - square + 2 * (product - square)) / 3;
    assertThat(band.mean()).isCloseTo(Math.sqrt(square), within(1e-12));
    assertThat(band.standardDeviation()).isCloseTo(Math.sqrt(variance / 50), within(1e-4));
  }

  @Test
  void leakyLawMeetsItsNeighbours() {
    LogNormLaw nearlyLinear = new LogNormLaw(1 - 1e-9, 40, 1);
    LogNormLaw linear = LogNormLaw.linear(40);
    assertThat(nearlyLinear.mean(7)).isCloseTo(linear.mean(7), within(1e-7));
    assertThat(nearlyLinear.variance(7)).isCloseTo(linear.variance(7), within(1e-7));
    LogNormLaw nearlyRelu = new LogNormLaw(1e-6, 40, 2);
    assertThat(nearlyRelu.mean(7)).isCloseTo(LogNormLaw.relu(40).mean(7), within(1e-7));
    assertThat(nearlyRelu.variance(7)).isCloseTo(LogNormLaw.relu(40).variance(7), within(1e-7));
  }

  @Test
  void deadLayersAreCounted() {
    assertThat(LogNormLaw.relu(4).deadProbability(3))
        .isCloseTo(1 - Math.pow(15.0 / 16, 3), within(1e-14));
    assertThat(LogNormLaw.linear(4).deadProbability(3)).isZero();
  }

  @Test
  void kernelFluctuationIsThatOfTheKernel() {
    LayerLaw law = new LayerLaw(Activations.parse("tanh"), 1.3, 0.05);
    FiniteLayer layer = FiniteLayer.first(law, WeightLaw.NORMAL, EntryLaw.NORMAL, 1, 0.6);
    double[] expected = KernelFluctuation.relativeVariance(law, layer.q(), 6);
    for (int l = 0; l < 6; l++) {
      layer = layer.next(WeightLaw.NORMAL);
      assertThat(layer.kernel(0, 0) / (layer.q() * layer.q()))
          .isCloseTo(expected[l], within(1e-3 * expected[l] + 1e-15));
    }
  }

  /** Each case is one where 500 to 2000 networks were off by more than 10 %, or were not. */
  @Test
  void knowsWhereTheFirstOrderIsRough() {
    LayerLaw relu = new LayerLaw(Activations.parse("relu"), 2, 0);
    FiniteWidth one = FiniteWidth.of(relu, WeightLaw.NORMAL, 1, 1, 0.5, 8, 1);
    FiniteWidth four = FiniteWidth.of(relu, WeightLaw.NORMAL, 1, 1, 0.5, 8, 4);
    assertThat(one.lnGradientGain(8, 64).reliable()).isTrue();
    assertThat(four.lnGradientGain(8, 64).reliable()).isFalse();
    assertThat(four.lnGradientGain(8, 256).reliable()).isTrue();
    LayerLaw ordered = new LayerLaw(Activations.parse("silu"), 1, 0.05);
    FiniteWidth equal = FiniteWidth.of(ordered, WeightLaw.NORMAL, 1, 1, 0.5, 8, 4);
    assertThat(equal.lnQ(8, 128).reliable()).isTrue();
    assertThat(equal.c(8, 128).reliable()).isFalse();
    LayerLaw chaotic = new LayerLaw(Activations.parse("tanh"), 2.5, 0.05);
    FiniteWidth apart = FiniteWidth.of(chaotic, WeightLaw.NORMAL, 1, 1, 0.5, 8, 4);
    assertThat(apart.c(8, 128).reliable()).isTrue();
  }

  /** Near 0 gelu is linear, so that c stays; of z² of 1e-28 rounding once made 0.37. */
  @Test
  void signalsThatHaveVanishedHaveNoBand() {
    LayerLaw law = new LayerLaw(Activations.parse("gelu"), 0.48372, 0);
    FiniteWidth network = FiniteWidth.of(law, WeightLaw.ORTHOGONAL, 1, 0.2, 0.21894, 40, 6);
    double settled = network.c(16, 140).mean();

    for (int l = 16; l <= 40; l++) {
      Band band = network.c(l, 140);
      assertThat(band.reliable()).isEqualTo(l < 22);
      assertThat(!band.reliable() || Math.abs(band.mean() - settled) < 1e-5).isTrue();
    }
  }

  @Test
  void equalInputsFluctuateAlike() {
    LayerLaw law = new LayerLaw(Activations.parse("gelu"), 1.7, 0.1);
    FiniteLayer layer = FiniteLayer.first(law, WeightLaw.NORMAL, EntryLaw.NORMAL, 1, 1);
    for (int l = 1; l < 3; l++) {
      layer = layer.next(WeightLaw.NORMAL);
    }
    PairCovariance k = layer.pairs().cov();
    for (double other :
        new double[] {k.across(), k.touching(), k.apart(), k.pair(), k.chain(), k.disjoint()}) {
      assertThat(other).isCloseTo(k.same(), within(1e-12));
    }
  }

  @Test
  void ntkSecondMomentOfReluIsMet() {
    int width = 24;
    DenseNetwork.Shape shape =
        new DenseNetwork.Shape(Activations.parse("relu"), 2, 0, WeightLaw.NORMAL, 1, 200, width, 3);
    Random random = new Random(3);
    double[][] x = DenseNetwork.inputs(1, 200, 1, 0, random);
    Sample kernel = new Sample();
    double mean = 8;
    for (int i = 0; i < 8000; i++) {
      double theta = Math.exp(new DenseNetwork(shape, x, random).backward()[1]);
      kernel.add(Math.pow(theta / mean, 2));
    }
    // Four weight matrices; the first, of 200 inputs, adds no noise of its own.
    kernel.hasMean(NtkFluctuation.reluSecondMomentRatio(width, 4), 0.03);
  }
}
