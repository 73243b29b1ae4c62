package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.data.DataSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.Probers;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Autoencoder;
import org.phasemap.network.architecture.Convolutional;
import org.phasemap.network.architecture.DenselyConnected;
import org.phasemap.network.architecture.Groups;
import org.phasemap.network.architecture.Place;
import org.phasemap.network.architecture.Plain;
import org.phasemap.network.architecture.Readout;
import org.phasemap.network.architecture.Residual;
import org.phasemap.network.architecture.ResidualScale;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.architecture.skip.ResidualFluctuation;
import org.phasemap.theory.width.Band;

/**
 * Bands of networks that are graphs of layers, over networks that the engine draws. More of them,
 * or other widths: {@code -Dphasemap.bands.networks=3000 -Dphasemap.bands.width=256}.
 */
class LayeredBandTest {
  private static final int NETWORKS = Integer.getInteger("phasemap.bands.networks", 250);
  private static final int WIDTH = Integer.getInteger("phasemap.bands.width", 0);

  private static final List<Quantity> QUANTITIES =
      List.of(SignalQuantity.LN_Q, SignalQuantity.LN_NORM_RATIO, SignalQuantity.LN_GRADIENT_GAIN);

  /** Networks, and how many of the quantities have a band. */
  private enum Family {
    RING(3, ring(Padding.CIRCULAR, Readout.FLATTEN, Parameterisation.PLAIN)),
    BORDERS(3, ring(Padding.ZERO, Readout.FLATTEN, Parameterisation.PLAIN)),
    MIRRORS(2, ring(Padding.REFLECT, Readout.FLATTEN, Parameterisation.PLAIN)),
    AVERAGED(2, ring(Padding.ZERO, Readout.AVERAGE, Parameterisation.PLAIN)),
    NORMED_RING(3, ring(Padding.CIRCULAR, Readout.FLATTEN, Parameterisation.WEIGHT_NORM)),
    GROUPS(2, convolutional(Groups.of(2), Norm.NONE)),
    SEPARABLE(2, convolutional(Groups.SEPARABLE, Norm.NONE)),
    NORM_OF_CHANNELS(3, convolutional(Groups.of(1), Norm.RMS)),
    WIDTHS(3, new Autoencoder(List.of(4, 3, 4))),
    LAYER_NORM(3, plain(Norm.LAYER, Place.BEFORE)),
    RMS_NORM(3, plain(Norm.RMS, Place.BEFORE)),
    LAYER_NORM_AFTER(2, plain(Norm.LAYER, Place.AFTER)),
    RMS_NORM_AFTER(2, plain(Norm.RMS, Place.AFTER)),
    ONE_LAYER_BRANCH(3, residual(Residual.Order.PRE1, ResidualScale.ONE, Norm.NONE)),
    TWO_LAYER_BRANCH(3, residual(Residual.Order.PRE2, ResidualScale.DEPTH, Norm.NONE)),
    BRANCH_WITHOUT_FIRST_RELU(3, residual(Residual.Order.POST2, ResidualScale.DECAYING, Norm.NONE)),
    NORMED_BRANCH(3, residual(Residual.Order.PRE1, ResidualScale.ONE, Norm.LAYER)),
    DENSENET(3, new DenselyConnected(64, Norm.NONE)),
    TANH_BEHIND_NORM(3, plain(Norm.RMS, Place.BEFORE), Activations.TANH),
    GELU_BEFORE_NORM(1, plain(Norm.LAYER, Place.AFTER), Activations.GELU),
    SELU_IN_BRANCH(
        3, residual(Residual.Order.PRE2, ResidualScale.DEPTH, Norm.LAYER), Activations.SELU),
    TANH_IN_LAYERS(3, new Autoencoder(List.of(4, 3, 4)), Activations.TANH),
    ERF_AROUND_A_RING(
        1, ring(Padding.CIRCULAR, Readout.FLATTEN, Parameterisation.PLAIN), Activations.ERF),
    TANH_IN_BRANCH(
        3, residual(Residual.Order.PRE1, ResidualScale.ONE, Norm.NONE), Activations.TANH),
    GELU_IN_BRANCH(
        3, residual(Residual.Order.POST2, ResidualScale.DEPTH, Norm.NONE), Activations.GELU),
    CONVOLUTIONAL_BRANCH(
        2,
        new Residual(
            new Residual.Image(List.of(6), 3, Padding.CIRCULAR),
            Residual.Order.PRE2,
            ResidualScale.ONE,
            Norm.NONE,
            false,
            false));

    private final int bands;

    @SuppressWarnings("ImmutableEnumChecker") // records of values
    private final Architecture architecture;

    @SuppressWarnings("ImmutableEnumChecker") // has no state
    private final Activation activation;

    Family(int bands, Architecture architecture) {
      this(bands, architecture, Activations.RELU);
    }

    Family(int bands, Architecture architecture, Activation activation) {
      this.bands = bands;
      this.architecture = architecture;
      this.activation = activation;
    }

    private Cell cell(int depth, int width, double sigmaB2) {
      return LayeredBandTest.cell(architecture, activation, depth, width, sigmaB2);
    }
  }

  private static Architecture ring(Padding padding, Readout readout, Parameterisation weights) {
    return new Convolutional(
        List.of(6), 3, padding, Groups.of(1), readout, Norm.NONE, Place.BEFORE, weights);
  }

  private static Architecture convolutional(Groups groups, Norm norm) {
    return new Convolutional(
        List.of(6),
        3,
        Padding.CIRCULAR,
        groups,
        Readout.FLATTEN,
        norm,
        Place.BEFORE,
        Parameterisation.PLAIN);
  }

  private static Architecture plain(Norm norm, Place place) {
    return new Plain(norm, place, 1, Parameterisation.PLAIN);
  }

  private static Architecture residual(Residual.Order order, ResidualScale scale, Norm norm) {
    return new Residual(Residual.Image.NONE, order, scale, norm, false, false);
  }

  /**
   * Weights of other laws, and masked ones, need more of them: at n = 128 uniform ones are as good
   * as normal ones, 0.7 of normal ones too, and 0.3 are not.
   */
  @ParameterizedTest
  @CsvSource({"NORMAL, 0.7, true", "NORMAL, 0.3, false", "UNIFORM, 1, true", "UNIFORM, 0.7, true"})
  void otherWeightsFluctuateAlike(WeightLaw law, double keep, boolean known) {
    Architecture branches = residual(Residual.Order.PRE2, ResidualScale.ONE, Norm.NONE);
    for (Architecture each : List.of(plain(Norm.RMS, Place.BEFORE), branches)) {
      NetworkConfig network =
          new NetworkConfig(each, Activations.RELU, 3, 128, law, 1.8 / keep, 0.1, keep);
      Inputs inputs = new Inputs(2, 384, 1, 0.5);
      Task task = new Task.Propagation(inputs, List.of(Probe.SIGNAL, Probe.GRADIENT));
      Cell cell = new Cell(network, null, task);
      Bands bands = bands(cell);
      assertThat(bands.of(SignalQuantity.LN_Q).reliable()).isEqualTo(known);
      if (known) {
        try (Kernel kernel = Backends.fastest().open()) {
          double[][] found = measured(kernel, cell, NETWORKS, 0);
          for (int i = 0; i < found.length; i++) {
            Band band = bands.of(QUANTITIES.get(i));
            if (band.reliable()) {
              assertClose(law + " " + keep + " " + QUANTITIES.get(i), band, found[i]);
            }
          }
        }
      }
    }
  }

  /**
   * All inputs see the same weights. So what a mask adds to a layer's variance does not fall with
   * the number of inputs: 2/m + κ(1 + 2/m)/n₀ of m independent ones, κ = 3 where half are kept.
   */
  @ParameterizedTest
  @CsvSource({"1, 192, true", "4, 96, false", "4, 192, true", "64, 384, false", "64, 72, false"})
  void masksAreCommonToAllInputs(int count, int dimension, boolean known) {
    Architecture normed = plain(Norm.RMS, Place.BEFORE);
    NetworkConfig network =
        new NetworkConfig(normed, Activations.RELU, 1, 256, WeightLaw.NORMAL, 2, 0, 0.5);
    Task task = new Task.Propagation(new Inputs(count, dimension, 1, 0), List.of(Probe.SIGNAL));
    Cell cell = new Cell(network, null, task);
    assertThat(bands(cell).of(SignalQuantity.LN_Q).reliable()).isEqualTo(known);
    if (dimension == 72) {
      try (Kernel kernel = Backends.fastest().open()) {
        double[] found = measured(kernel, cell, NETWORKS, 0)[0];
        double expected = (2.0 / count + 3 * (1 + 2.0 / count) / dimension) / 256;
        assertThat(StatUtils.variance(found) / expected)
            .isCloseTo(1, within(4 * Math.sqrt(2.0 / NETWORKS)));
      }
    }
  }

  /**
   * Backwards too: Wᵀ has the same zeros for all gradients. Over 1000 networks of 192 units and 64
   * inputs the variance is 1.21 ± 0.05 times the band's.
   */
  @ParameterizedTest
  @CsvSource({"1, 192, true", "64, 192, false", "64, 1024, true"})
  void masksAreCommonToAllGradients(int count, int width, boolean known) {
    NetworkConfig network =
        new NetworkConfig(
            new Autoencoder(List.of(1)), Activations.RELU, 3, width, WeightLaw.NORMAL, 4, 0, 0.5);
    Inputs inputs = new Inputs(count, 384, 1, 0);
    Task task = new Task.Propagation(inputs, List.of(Probe.SIGNAL, Probe.GRADIENT));
    assertThat(bands(new Cell(network, null, task)).of(SignalQuantity.LN_GRADIENT_GAIN).reliable())
        .isEqualTo(known);
  }

  /** Digits, whose norms and correlations differ, as vectors and as images; and one alone. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void givenInputsFluctuateAsExpected(int count) {
    Architecture image =
        new Convolutional(
            List.of(8, 8),
            3,
            Padding.ZERO,
            Groups.of(1),
            Readout.FLATTEN,
            Norm.NONE,
            Place.BEFORE,
            Parameterisation.PLAIN);
    Inputs digits = new Inputs(new Inputs.Chosen(new DataSource.Bundled(), 3), count, 64, 1);
    Task task = new Task.Propagation(digits, List.of(Probe.SIGNAL, Probe.GRADIENT));
    for (Architecture each : List.of(image, new Autoencoder(List.of(3, 4, 2)))) {
      NetworkConfig network =
          new NetworkConfig(each, Activations.RELU, 3, 96, WeightLaw.NORMAL, 1.5, 0.1, 1);
      Cell cell = new Cell(network, null, task);
      Bands bands = bands(cell);
      try (Kernel kernel = Backends.fastest().open()) {
        double[] found = measured(kernel, cell, NETWORKS, 0)[0];
        assertClose(each + " of digits", bands.of(SignalQuantity.LN_Q), found);
      }
      assertThat(bands.of(SignalQuantity.LN_NORM_RATIO)).isEqualTo(Band.NONE);
      assertThat(bands.of(SignalQuantity.LN_GRADIENT_GAIN)).isEqualTo(Band.NONE);
    }
  }

  private static Cell cell(Architecture architecture, int depth, int width, double sigmaB2) {
    return cell(architecture, Activations.RELU, depth, width, sigmaB2);
  }

  private static Cell cell(
      Architecture architecture, Activation activation, int depth, int width, double sigmaB2) {
    NetworkConfig network =
        new NetworkConfig(
            architecture, activation, depth, width, WeightLaw.NORMAL, 1.8, sigmaB2, 1);
    Inputs inputs = new Inputs(2, 6 * 64, 1, 0.5);
    return new Cell(
        network, null, new Task.Propagation(inputs, List.of(Probe.SIGNAL, Probe.GRADIENT)));
  }

  /** Of one input without biases: what the reference has closed forms of. */
  private static double variance(Architecture architecture, int depth, Quantity quantity) {
    Cell many = cell(architecture, depth, 256, 0);
    Task task = new Task.Propagation(new Inputs(1, 64, 1, 0), List.of(Probe.SIGNAL));
    double deviation = bands(new Cell(many.network(), null, task)).of(quantity).standardDeviation();
    return 256 * deviation * deviation;
  }

  /** ARCHITECTURES 3.1, and 2.3 with 2 more for the length of z_1, which q_0 takes out there. */
  @Test
  void oneInputHasTheLawsOfTheReference() {
    assertThat(
            variance(
                residual(Residual.Order.PRE1, ResidualScale.DEPTH, Norm.NONE),
                16,
                SignalQuantity.LN_Q))
        .isCloseTo(ResidualFluctuation.logVarianceOneLayer(16, 1.0 / 16, 1.8), within(1e-9));
    int maps = 11;
    assertThat(variance(plain(Norm.RMS, Place.BEFORE), maps + 1, SignalQuantity.LN_GRADIENT_GAIN))
        .isCloseTo(8 * maps - 3 + 2, within(1e-9));
    assertThat(variance(plain(Norm.LAYER, Place.BEFORE), maps + 1, SignalQuantity.LN_GRADIENT_GAIN))
        .isCloseTo((8 - 2 / Math.PI) * maps - 3 + 2, within(1e-9));
  }

  /** The work is the cube of the depth: each layer of such branches has five readings. */
  @ParameterizedTest
  @CsvSource({"100, true", "220, false"})
  void gradientsOfVeryDeepNetworksHaveNoBand(int depth, boolean known) {
    Architecture branches = residual(Residual.Order.PRE2, ResidualScale.DEPTH, Norm.NONE);

    Bands bands = bands(cell(branches, Activations.TANH, depth, 4096, 0.1));

    assertThat(bands.of(SignalQuantity.LN_Q).reliable()).isTrue();
    assertThat(bands.of(SignalQuantity.LN_GRADIENT_GAIN).reliable()).isEqualTo(known);
    assertThat(bands.of(SignalQuantity.LN_GRADIENT_GAIN).equals(Band.NONE)).isEqualTo(!known);
  }

  /** The last weights of each branch are 0, and gradients pass as they are. */
  @Test
  void gradientsThatDoNotFluctuateHaveNoBand() {
    Architecture fixup =
        new Residual(
            Residual.Image.NONE, Residual.Order.PRE2, ResidualScale.ONE, Norm.NONE, false, true);

    Bands bands = bands(cell(fixup, 4, 256, 0.1));

    assertThat(bands.of(SignalQuantity.LN_Q).reliable()).isTrue();
    assertThat(bands.of(SignalQuantity.LN_GRADIENT_GAIN)).isEqualTo(Band.NONE);
  }

  /** Chains of layers are MLPs, whose bands come from theory of their own. */
  @ParameterizedTest
  @CsvSource({"tanh, 1.8, 0.1", "gelu, 1.6, 0.05", "erf, 1.2, 0.1", "relu, 1.8, 0.1"})
  void chainsHaveTheBandsOfMlps(String activation, double sigmaW2, double sigmaB2) {
    List<Bands> both = new ArrayList<>();
    for (Architecture each : List.of(Architecture.MLP, new Autoencoder(List.of(1)))) {
      NetworkConfig network =
          new NetworkConfig(
              each, Activations.parse(activation), 4, 256, WeightLaw.NORMAL, sigmaW2, sigmaB2, 1);
      Inputs inputs = new Inputs(3, 384, 1, 0.5);
      Task task = new Task.Propagation(inputs, List.of(Probe.SIGNAL, Probe.GRADIENT));
      both.add(bands(new Cell(network, null, task)));
    }
    for (Quantity quantity : QUANTITIES) {
      Band ofMlp = both.get(0).of(quantity);
      Band ofChain = both.get(1).of(quantity);
      double deviation = ofMlp.standardDeviation();
      assertThat(ofChain.standardDeviation()).isCloseTo(deviation, within(2e-3 * deviation));
      assertThat(ofChain.mean()).isCloseTo(ofMlp.mean(), within(2e-3 * deviation));
    }
  }

  private static Bands bands(Cell cell) {
    return Predictors.predict(List.of(cell)).get(0).prediction().orElseThrow().bands();
  }

  /** Of every network, the quantities. */
  private static double[][] measured(Kernel kernel, Cell cell, int networks, long seed) {
    double[][] found = new double[QUANTITIES.size()][networks];
    for (int r = 0; r < networks; r++) {
      Unit unit = new Unit(seed + r, r, Sampler.DENSE, Unit.Sharing.INDEPENDENT, List.of(cell));
      var measured = Probers.of(cell.network().architecture()).measure(kernel, unit).get(0);
      for (int i = 0; i < found.length; i++) {
        found[i][r] = measured.number(QUANTITIES.get(i));
      }
    }
    return found;
  }

  @ParameterizedTest
  @EnumSource
  void replicatesFluctuateAsExpected(Family family) {
    Cell cell = family.cell(4, WIDTH > 0 ? WIDTH : 128, 0.1);
    Bands bands = bands(cell);
    int known = 0;
    try (Kernel kernel = Backends.fastest().open()) {
      double[][] found = measured(kernel, cell, NETWORKS, 0);
      for (int i = 0; i < found.length; i++) {
        Band band = bands.of(QUANTITIES.get(i));
        if (band.reliable()) {
          known++;
          assertClose(family + " " + QUANTITIES.get(i), band, found[i]);
        }
      }
    }
    assertThat(known).isEqualTo(family.bands);
  }

  private static void assertClose(String name, Band band, double[] found) {
    assertThat(Math.abs(band.z(StatUtils.mean(found), found.length)))
        .as("%s: mean %s of %s", name, StatUtils.mean(found), band)
        .isLessThan(4);
    double ratio = StatUtils.variance(found) / Math.pow(band.standardDeviation(), 2);
    // Four standard errors of a variance, √(2/N), and 10 % that the first order may miss.
    double error = 4 * Math.sqrt(2.0 / found.length);
    assertThat(ratio)
        .as("%s: variance over the expected", name)
        .isBetween(0.9 - error, 1.1 + error);
  }

  /** Of cells of all families, depths and widths: eight networks each, as in a sweep. */
  @Test
  void zIsStandardNormal() {
    Map<Quantity, List<Double>> z = new LinkedHashMap<>();
    try (Kernel kernel = Backends.fastest().open()) {
      long seed = 0;
      for (Family family : Family.values()) {
        for (int depth : new int[] {2, 3, 5, 8}) {
          for (int width : new int[] {96, 160}) {
            Cell cell = family.cell(depth, width, depth % 2 == 0 ? 0 : 0.2);
            Bands bands = bands(cell);
            double[][] found = measured(kernel, cell, 8, seed += 1000);
            for (int i = 0; i < found.length; i++) {
              Band band = bands.of(QUANTITIES.get(i));
              if (band.reliable()) {
                double own = band.z(StatUtils.mean(found[i]), 8);
                z.computeIfAbsent(QUANTITIES.get(i), q -> new ArrayList<>()).add(own);
              }
            }
          }
        }
      }
    }
    z.forEach(LayeredBandTest::assertStandardNormal);
    assertThat(z.keySet()).containsExactlyInAnyOrderElementsOf(QUANTITIES);
  }

  /**
   * One false alarm in 10,000 for each quantity; a standard deviation from 0.95 to 1.05 is let by.
   */
  private static void assertStandardNormal(Quantity quantity, List<Double> z) {
    int n = z.size();
    assertThat(n).as("cells of %s", quantity).isGreaterThan(40);
    double squares = z.stream().mapToDouble(each -> each * each).sum();
    ChiSquaredDistribution law = new ChiSquaredDistribution(n);
    assertThat(squares)
        .as("sum of z² of %s, %s cells", quantity, n)
        .isBetween(
            law.inverseCumulativeProbability(5e-5) / 1.05 / 1.05,
            law.inverseCumulativeProbability(1 - 5e-5) * 1.05 * 1.05);
    assertThat(Math.abs(z.stream().mapToDouble(each -> each).sum()) / Math.sqrt(n))
        .as("mean of z of %s", quantity)
        .isLessThan(4);
  }
}
