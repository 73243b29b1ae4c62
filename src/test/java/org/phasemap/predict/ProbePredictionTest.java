package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.data.DataSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.mlp.Propagation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.DerivativeQuantity;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.Statistics;
import org.phasemap.quantity.TokenQuantity;
import org.phasemap.spec.Inputs;

/** Predictions under their columns' names against the rows of wide networks. */
class ProbePredictionTest {
  /** Columns of what this predicts: those without quantiles. */
  private static List<Quantity> predicted() {
    return Quantity.all().stream()
        .filter(q -> q.statistics() == Statistics.MEAN && q.theory().hasLimit())
        // an MLP has no tokens
        .filter(q -> !(q instanceof TokenQuantity || q instanceof DerivativeQuantity))
        .toList();
  }

  private static final int NETWORKS = 20;

  private static final Quantity EDGE = JacobianQuantity.LN_JACOBIAN_LARGEST;
  private static final Quantity RADIUS = JacobianQuantity.LN_JACOBIAN_SPECTRAL_RADIUS;

  /** Have their own tests: edges are approached slowly. */
  private static final Set<Quantity> EDGES = Set.of(EDGE, RADIUS);

  private static Cell cell(
      String activation,
      int depth,
      int width,
      WeightLaw law,
      double sigmaW2,
      double sigmaB2,
      double keep,
      double q0,
      Probe... probes) {
    return new Cell(
        new NetworkConfig(Activations.parse(activation), depth, width, law, sigmaW2, sigmaB2, keep),
        null,
        new Task.Propagation(new Inputs(3, 200, q0, 0.4), List.of(probes)));
  }

  private static List<Measurement> rows(Sampler sampler, Cell cell, int networks) {
    List<Measurement> rows = new ArrayList<>();
    try (Kernel kernel = Backends.fastest().open()) {
      for (int r = 0; r < networks; r++) {
        Unit unit = new Unit(21, r, sampler, Sharing.COMMON, List.of(cell));
        rows.addAll(Propagation.measure(kernel, unit));
      }
    }
    return rows;
  }

  private static double[] column(List<Measurement> rows, Quantity quantity) {
    return rows.stream().mapToDouble(row -> row.number(quantity)).toArray();
  }

  /**
   * Within four standard errors and what infinite width leaves out. FP16 underflows in the first
   * case and overflows in the second; the first one's gradients are as small as Adam's ε.
   */
  @ParameterizedTest
  @CsvSource({
    "tanh, 3, 1000, NORMAL, WEIGHT_FREE, 0.01, 0, 1, 0.3",
    "relu, 5, 1000, NORMAL, WEIGHT_FREE, 60, 0, 1, 300",
    "gelu, 4, 1000, ORTHOGONAL, WEIGHT_FREE, 2.1, 0.07, 1, 1",
    "relu, 3, 1000, NORMAL, WEIGHT_FREE, 2, 0, 1, 1",
    "tanh, 4, 400, UNIFORM, DENSE, 2.5, 0.1, 0.6, 1",
    "erf, 1, 1000, NORMAL, WEIGHT_FREE, 1.5, 0.1, 1, 1"
  })
  void everyScalarIsThatOfWideNetworks(
      String activation,
      int depth,
      int width,
      WeightLaw law,
      Sampler sampler,
      double sigmaW2,
      double sigmaB2,
      double keep,
      double q0) {
    Probe[] probes =
        Arrays.stream(Probe.values()).filter(p -> !p.needsWeights()).toArray(Probe[]::new);
    assertEveryScalar(
        cell(activation, depth, width, law, sigmaW2, sigmaB2, keep, q0, probes), sampler);
  }

  /**
   * Digits differ in norm and in correlation, points of a sphere in correlation. In the first case
   * signals are FP16's subnormal numbers, and in the third one they overflow.
   */
  @ParameterizedTest
  @CsvSource({
    "tanh, 3, NORMAL, WEIGHT_FREE, 0.01, 0, 1, 0.5",
    "gelu, 4, ORTHOGONAL, WEIGHT_FREE, 2.1, 0.07, 1, 1",
    "relu, 4, NORMAL, WEIGHT_FREE, 60, 0, 1, 17",
    "selu, 3, NORMAL, WEIGHT_FREE, 1.2, 0.1, 1, -1",
    "tanh, 4, UNIFORM, DENSE, 2.5, 0.1, 0.6, 1",
  })
  void everyScalarIsThatOfWideNetworksShownGivenInputs(
      String activation,
      int depth,
      WeightLaw law,
      Sampler sampler,
      double sigmaW2,
      double sigmaB2,
      double keep,
      double scale) {
    Inputs.Source source =
        scale > 0 ? new Inputs.Chosen(new DataSource.Bundled(), 3) : new Inputs.Sphere(1.2, 4);
    Inputs inputs = new Inputs(source, 4, scale > 0 ? 64 : 8, Math.abs(scale));
    NetworkConfig network =
        new NetworkConfig(
            Activations.parse(activation),
            depth,
            sampler == Sampler.DENSE ? 400 : 1000,
            law,
            sigmaW2,
            sigmaB2,
            keep);
    List<Probe> probes = Arrays.stream(Probe.values()).filter(p -> !p.needsWeights()).toList();
    assertEveryScalar(new Cell(network, null, new Task.Propagation(inputs, probes)), sampler);
  }

  private static void assertEveryScalar(Cell cell, Sampler sampler) {
    List<Measurement> rows = rows(sampler, cell, NETWORKS);
    Measurement prediction = MlpPredictor.predictions(List.of(cell)).get(0).limit();
    for (Quantity quantity : predicted()) {
      String name = quantity.column();
      if (!EDGES.contains(quantity) && !name.contains("_outputs_")) {
        double expected = prediction.number(quantity);
        assertMean(name, column(rows, quantity), expected, order(name, expected, cell.network()));
      }
    }
    assertProfile(rows, Profile.LN_NTK, prediction, cell.network());
    assertProfile(rows, Profile.LN_NTK_STANDARD, prediction, cell.network());
  }

  /** What a finite width may change. */
  private static double order(String name, double expected, NetworkConfig network) {
    double order = 4.0 * network.depth() / network.width();
    if (name.contains("16_")) {
      // Rows without any loss have no spread: two entries of a layer, in one network of 20.
      return 0.05 * expected + 2e-4;
    }
    if (name.equals("mean")) {
      return order * expected;
    }
    // Equal eigenvalues move apart with the kernel's fluctuations, of order √(depth/width).
    return name.equals("ln_ntk_lambda_min")
        ? Math.sqrt(order)
        : order * (1 + Math.abs(expected) / 9);
  }

  /**
   * Where FP16 loses an entry now and then, the worst of ten layers loses far more than each does
   * on average. Five per cent are what variances that differ from network to network may change.
   */
  @ParameterizedTest
  @CsvSource({
    "tanh, 10, 128, 2, 0.05, 1",
    "tanh, 8, 128, 0.5, 0.3, 1",
    "relu, 6, 128, 2, 0, 1",
    "erf, 5, 128, 3, 0, 0.2"
  })
  void rareLossesAreThoseOfTheWorstLayer(
      String activation, int depth, int width, double sigmaW2, double sigmaB2, double q0) {
    Cell cell =
        cell(
            activation,
            depth,
            width,
            WeightLaw.NORMAL,
            sigmaW2,
            sigmaB2,
            1,
            q0,
            Probe.SIGNAL,
            Probe.GRADIENT,
            Probe.PRECISION);
    List<Measurement> rows = rows(Sampler.WEIGHT_FREE, cell, 400);
    Measurement prediction = MlpPredictor.predictions(List.of(cell)).get(0).limit();
    for (String name : List.of("signal", "gradient")) {
      Quantity share = Quantity.of("fp16_" + name + "_subnormal");
      double expected = prediction.number(share);
      assertThat(expected).isPositive();
      assertMean(activation + " " + name, column(rows, share), expected, 0.05 * expected);
    }
  }

  private static void assertProfile(
      List<Measurement> rows, Profile profile, Measurement prediction, NetworkConfig network) {
    double[] expected = prediction.profile(profile);
    for (int l = 0; l < expected.length; l++) {
      int layer = l;
      double[] values = rows.stream().mapToDouble(row -> row.profile(profile)[layer]).toArray();
      assertMean(
          profile.column() + layer, values, expected[l], 4.0 * network.depth() / network.width());
    }
  }

  private static void assertMean(String name, double[] values, double expected, double order) {
    double error = Math.sqrt(StatUtils.variance(values) / values.length);
    assertThat(StatUtils.mean(values)).as(name).isCloseTo(expected, within(4 * error + order));
  }

  /**
   * The largest value stays below the edge by a share of n^{−2/3}: by 0.4 of what it was where the
   * width is four times as large, which tells the edge itself to 0.05 and what averages over 16
   * networks vary by.
   */
  @ParameterizedTest
  @CsvSource({
    "linear, 1, 0, NORMAL, 1",
    "relu, 2, 0, NORMAL, 1",
    "tanh, 1.6, 0.1, UNIFORM, 1",
    "tanh, 1.6, 0.1, ORTHOGONAL, 1",
    "tanh, 3, 0.1, NORMAL, 0.6"
  })
  void theLargestSingularValueApproachesTheEdge(
      String activation, double sigmaW2, double sigmaB2, WeightLaw law, double keep) {
    Probe[] probe = {Probe.JACOBIAN_LARGEST};
    Cell small = cell(activation, 5, 64, law, sigmaW2, sigmaB2, keep, 1, probe);
    Cell large = cell(activation, 5, 256, law, sigmaW2, sigmaB2, keep, 1, probe);
    double[] far = column(rows(Sampler.DENSE, small, 16), EDGE);
    double[] near = column(rows(Sampler.DENSE, large, 16), EDGE);
    double edge = MlpPredictor.predictions(List.of(large)).get(0).limit().number(EDGE);
    double left = Math.pow(4, -2.0 / 3);
    double limit = (StatUtils.mean(near) - left * StatUtils.mean(far)) / (1 - left);
    double error =
        Math.sqrt((StatUtils.variance(near) + left * left * StatUtils.variance(far)) / 16)
            / (1 - left);
    assertThat(error).isLessThan(0.05);
    assertThat(limit).isCloseTo(edge, within(0.05 + 4 * error));
    assertThat(StatUtils.mean(near)).isBetween(StatUtils.mean(far), edge);
  }

  /** The disc of eigenvalues of wide networks; beyond it they reach by less and less. */
  @ParameterizedTest
  @CsvSource({
    "relu, 2, 0, NORMAL, 1",
    "tanh, 1.6, 0.1, UNIFORM, 1",
    "relu, 1.5, 0, ORTHOGONAL, 1",
    "tanh, 3, 0.1, NORMAL, 0.6"
  })
  void theSpectralRadiusIsThatOfTheDisc(
      String activation, double sigmaW2, double sigmaB2, WeightLaw law, double keep) {
    Probe[] probe = {Probe.JACOBIAN_EIGENVALUES};
    Cell small = cell(activation, 4, 32, law, sigmaW2, sigmaB2, keep, 1, probe);
    Cell large = cell(activation, 4, 128, law, sigmaW2, sigmaB2, keep, 1, probe);
    double disc = MlpPredictor.predictions(List.of(large)).get(0).limit().number(RADIUS);
    double[] far = column(rows(Sampler.DENSE, small, 20), RADIUS);
    double[] near = column(rows(Sampler.DENSE, large, 20), RADIUS);
    double error = Math.sqrt(StatUtils.variance(near) / near.length);

    // Of three Gaussian layers of n/2 units it is some 3/√n in ln ρ².
    assertThat(StatUtils.mean(near)).isCloseTo(disc, within(3 / Math.sqrt(128) + 4 * error));
    assertThat(Math.abs(StatUtils.mean(near) - disc))
        .isLessThan(Math.abs(StatUtils.mean(far) - disc) + 4 * error);
  }

  /** Eigenvalues are those at the first input, in theory as in what is measured. */
  @Test
  void theSpectralRadiusIsOfTheFirstInput() {
    Cell alone = digits(1);
    Cell many = digits(6);
    double expected = MlpPredictor.predictions(List.of(alone)).get(0).limit().number(RADIUS);
    Measurement found = MlpPredictor.predictions(List.of(many)).get(0).limit();

    assertThat(column(rows(Sampler.DENSE, many, 1), RADIUS)[0])
        .isCloseTo(column(rows(Sampler.DENSE, alone, 1), RADIUS)[0], within(1e-4));
    assertThat(found.number(RADIUS)).isCloseTo(expected, within(1e-9));
    double mean = found.number(JacobianQuantity.LN_JACOBIAN_MEAN);
    assertThat(Math.abs(mean - expected)).isGreaterThan(0.01);
  }

  private static Cell digits(int count) {
    Inputs inputs = new Inputs(new Inputs.Chosen(new DataSource.Bundled(), 3), count, 64, 1);
    NetworkConfig network =
        new NetworkConfig(Activations.parse("tanh"), 4, 32, WeightLaw.NORMAL, 3, 0, 1);
    return new Cell(
        network, null, new Task.Propagation(inputs, List.of(Probe.JACOBIAN_EIGENVALUES)));
  }

  /**
   * The kernel of all outputs is one output's, once for each. Equal eigenvalues move apart by order
   * √(depth/width).
   */
  @Test
  void outputsLearnApart() {
    int width = 1000;
    NetworkConfig network =
        new NetworkConfig(Activations.parse("tanh"), 3, width, WeightLaw.NORMAL, 1.6, 0.1, 1);
    List<Probe> probes = List.of(Probe.NTK, Probe.CURVATURE);
    Cell cell =
        new Cell(network, null, new Task.Propagation(new Inputs(3, 200, 1, 0.4), probes, 4));
    List<Measurement> rows = rows(Sampler.DENSE, cell, 8);
    Measurement prediction = MlpPredictor.predictions(List.of(cell)).get(0).limit();
    int found = 0;
    for (Quantity quantity : predicted()) {
      String name = quantity.column();
      if (name.contains("_outputs_") || name.contains("curvature")) {
        double expected = prediction.number(quantity);
        // A condition number has two of them.
        int extremes = name.contains("condition") ? 2 : name.contains("lambda") ? 1 : 0;
        double order = extremes * 3 * Math.sqrt(3.0 / width) + 0.02 * Math.max(1, expected);
        assertMean(name, column(rows, quantity), expected, order);
        found++;
      }
    }
    assertThat(found).isEqualTo(7);
  }

  /** ReLU networks at He's initialisation learn alike in all layers: each adds 2 q₀ to Θ. */
  @Test
  void layersOfReluNetworksAddAlike() {
    Cell cell = cell("relu", 6, 100, WeightLaw.NORMAL, 2, 0, 1, 1.5, Probe.NTK_LAYERS);
    assertThat(MlpPredictor.predictions(List.of(cell)).get(0).limit().profile(Profile.LN_NTK))
        .hasSize(6)
        .containsOnly(new double[] {Math.log(2 * 1.5)}, within(1e-12));
  }
}
