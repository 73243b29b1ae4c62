package org.phasemap.measure.mlp;

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
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.limit.JacobianSpectrum;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.WeightSpectrum;

/** The spectrum's moments against those of wide networks. */
class JacobianProbeTest {
  private static final int WIDTH = 400;
  private static final int NETWORKS = 30;

  private static Cell cell(LayerLaw law, WeightLaw weights, int depth, int width, double q0) {
    return new Cell(
        new NetworkConfig(law.activation(), depth, width, weights, law.sigmaW2(), law.sigmaB2(), 1),
        null,
        new Task.Propagation(new Inputs(2, 50, q0, 0.3), List.of(Probe.JACOBIAN)));
  }

  private static Measurement measure(Kernel kernel, Sampler sampler, Cell cell, int replicate) {
    Unit unit = new Unit(8, replicate, sampler, Sharing.COMMON, List.of(cell));
    return Propagation.measure(kernel, unit).get(0);
  }

  /** JᵀJ v has the square of J's size: of ten layers of σ_w² = 1e-8 float32 keeps J v alone. */
  @ParameterizedTest
  @CsvSource({"DENSE, 0.01", "WEIGHT_FREE, 0.01", "DENSE, 1e-8", "WEIGHT_FREE, 1e-8"})
  void whatFloat32LosesIsNoVariance(Sampler sampler, double sigmaW2) {
    LayerLaw law = new LayerLaw(Activations.parse("linear"), sigmaW2, 1);
    try (Kernel kernel = Backends.fastest().open()) {
      Measurement moments = measure(kernel, sampler, cell(law, WeightLaw.NORMAL, 11, 20, 1), 0);
      double mean = 10 * Math.log(sigmaW2);
      assertThat(moments.number(JacobianQuantity.LN_JACOBIAN_MEAN)).isCloseTo(mean, within(5.0));
      if (sigmaW2 < 1e-6) {
        assertThat(moments.number(JacobianQuantity.JACOBIAN_RELATIVE_VARIANCE)).isNaN();
      } else {
        assertThat(moments.number(JacobianQuantity.JACOBIAN_RELATIVE_VARIANCE)).isPositive();
      }
    }
  }

  /**
   * Within four standard errors, and 3 L/n for what infinite width leaves out: E ln is below ln E
   * by half the variance, about 5 L/2n for ReLU.
   */
  @ParameterizedTest
  @CsvSource({
    "relu, 2, NORMAL, WEIGHT_FREE",
    "relu, 2, ORTHOGONAL, WEIGHT_FREE",
    "tanh, 1.5, NORMAL, WEIGHT_FREE",
    "tanh, 1.5, ORTHOGONAL, WEIGHT_FREE",
    "tanh, 1.5, ORTHOGONAL, DENSE",
    "relu, 2, UNIFORM, DENSE"
  })
  void momentsAreThoseOfTheSpectrum(
      String activation, double sigmaW2, WeightLaw weights, Sampler sampler) {
    int depth = 6;
    LayerLaw law = new LayerLaw(Activations.parse(activation), sigmaW2, 0);
    // A signal that has come to rest: its q is that of every layer.
    double q = SignalMaps.propagate(law, 1, 0.3, 500).q()[499];
    Cell cell = cell(law, weights, depth, WIDTH, q / sigmaW2);
    double[] mean = new double[NETWORKS];
    double[] variance = new double[NETWORKS];
    try (Kernel kernel = Backends.fastest().open()) {
      for (int r = 0; r < NETWORKS; r++) {
        Measurement moments = measure(kernel, sampler, cell, r);
        mean[r] = moments.number(JacobianQuantity.LN_JACOBIAN_MEAN);
        variance[r] = moments.number(JacobianQuantity.JACOBIAN_RELATIVE_VARIANCE);
      }
    }
    int layers = depth - 1;
    double order = 3.0 * layers / WIDTH;
    assertMean(mean, Math.log(JacobianSpectrum.mean(law, q, layers)), order);
    double expected =
        JacobianSpectrum.relativeVariance(law, q, layers, WeightSpectrum.of(weights, 1));
    assertMean(variance, expected, order * (1 + expected));
  }

  private static void assertMean(double[] values, double expected, double order) {
    double error = Math.sqrt(StatUtils.variance(values) / values.length);
    assertThat(StatUtils.mean(values)).isCloseTo(expected, within(4 * error + order));
  }

  /** Orthogonal linear networks stretch every direction alike. */
  @ParameterizedTest
  @CsvSource({"DENSE", "WEIGHT_FREE"})
  void isometriesHaveNoVariance(Sampler sampler) {
    LayerLaw law = new LayerLaw(Activations.parse("linear"), 1.3, 0.2);
    try (Kernel kernel = Backends.fastest().open()) {
      Measurement moments = measure(kernel, sampler, cell(law, WeightLaw.ORTHOGONAL, 9, 31, 1), 0);

      assertThat(moments.number(JacobianQuantity.LN_JACOBIAN_MEAN))
          .isCloseTo(8 * Math.log(1.3), within(1e-4));
      assertThat(moments.number(JacobianQuantity.JACOBIAN_RELATIVE_VARIANCE))
          .isCloseTo(0, within(1e-4));
      assertThat(moments.profile(Profile.LN_JACOBIAN)[0]).isZero();
    }
  }

  private static Measurement spectrum(Kernel kernel, Cell cell) {
    Task.Propagation all =
        new Task.Propagation(
            ((Task.Propagation) cell.task()).inputs(),
            List.of(Probe.JACOBIAN_LARGEST, Probe.JACOBIAN_SPECTRUM));
    Unit unit =
        new Unit(8, 0, Sampler.DENSE, Sharing.COMMON, List.of(new Cell(cell.network(), null, all)));
    return Propagation.measure(kernel, unit).get(0);
  }

  @Test
  void allSingularValuesOfAnIsometryAreEqual() {
    LayerLaw law = new LayerLaw(Activations.parse("linear"), 1.3, 0.2);
    try (Kernel kernel = Backends.fastest().open()) {
      Measurement spectrum = spectrum(kernel, cell(law, WeightLaw.ORTHOGONAL, 9, 31, 1));

      assertThat(spectrum.number(JacobianQuantity.LN_JACOBIAN_LARGEST))
          .isCloseTo(8 * Math.log(1.3), within(1e-4));
      assertThat(spectrum.profile(Profile.JACOBIAN_SPECTRUM))
          .hasSize(31)
          .containsOnly(new double[] {Math.pow(1.3, 8)}, within(1e-3));
      assertThat(spectrum.number(JacobianQuantity.JACOBIAN_EFFECTIVE_RANK))
          .isCloseTo(31, within(1e-4));
    }
  }

  /** Each ReLU layer lets half of the directions through: J has the least rank of them all. */
  @Test
  void deadUnitsLeaveSingularValuesOfZero() {
    LayerLaw law = new LayerLaw(Activations.parse("relu"), 2, 0);
    try (Kernel kernel = Backends.fastest().open()) {
      Measurement spectrum = spectrum(kernel, cell(law, WeightLaw.NORMAL, 2, 100, 1));
      double[] squares = spectrum.profile(Profile.JACOBIAN_SPECTRUM);
      double largest = squares[0];

      assertThat(Math.log(largest))
          .isCloseTo(spectrum.number(JacobianQuantity.LN_JACOBIAN_LARGEST), within(0.4));
      // Of two layers, W_2 D_1, one has slopes: 50 ± 5 of 100.
      assertThat((int) Arrays.stream(squares).filter(s -> s > 1e-10 * largest).count())
          .isBetween(30, 70);
      assertThat(spectrum.number(JacobianQuantity.JACOBIAN_EFFECTIVE_RANK)).isBetween(20.0, 70.0);
    }
  }

  /** Without any signal there is no J, and nothing to find. */
  @Test
  void singularValuesOfZeroHaveNoLogarithm() {
    LayerLaw law = new LayerLaw(Activations.parse("linear"), 0, 0);
    try (Kernel kernel = Backends.fastest().open()) {
      Measurement spectrum = spectrum(kernel, cell(law, WeightLaw.NORMAL, 3, 20, 1));

      assertThat(spectrum.number(JacobianQuantity.LN_JACOBIAN_LARGEST)).isNaN();
      assertThat(spectrum.profile(Profile.JACOBIAN_SPECTRUM)).containsOnly(0);
      assertThat(spectrum.number(JacobianQuantity.JACOBIAN_EFFECTIVE_RANK)).isNaN();
    }
  }

  /** The largest square of 399 layers is beyond e^200; the mean of J's is about e^270. */
  @Test
  void singularValuesGrowBeyondFloat32() {
    LayerLaw law = new LayerLaw(Activations.parse("tanh"), 9, 0);
    double q = SignalMaps.propagate(law, 1, 0.3, 500).q()[499];
    Cell cell = cell(law, WeightLaw.NORMAL, 400, 64, q / 9);
    try (Kernel kernel = Backends.fastest().open()) {
      Measurement spectrum = spectrum(kernel, cell);

      assertThat(spectrum.number(JacobianQuantity.LN_JACOBIAN_LARGEST)).isBetween(200.0, 320.0);
      assertThat(Math.log(spectrum.profile(Profile.JACOBIAN_SPECTRUM)[0]))
          .isCloseTo(spectrum.number(JacobianQuantity.LN_JACOBIAN_LARGEST), within(40.0));
    }
  }

  /** ‖J v‖² reaches e^270, where float32 ends at e^88; the signal stays as it is. */
  @Test
  void tangentsGrowBeyondFloat32() {
    LayerLaw law = new LayerLaw(Activations.parse("tanh"), 9, 0);
    double q = SignalMaps.propagate(law, 1, 0.3, 500).q()[499];
    int depth = 400;
    double perLayer = Math.log(JacobianSpectrum.mean(law, q, 1));
    Cell cell = cell(law, WeightLaw.NORMAL, depth, 200, q / 9);
    try (Kernel kernel = Backends.fastest().open()) {
      for (Sampler sampler : Sampler.values()) {
        double[] ln = measure(kernel, sampler, cell, 0).profile(Profile.LN_JACOBIAN);

        assertThat(ln[depth - 1]).isGreaterThan(200);
        assertThat(ln[depth - 1] / (depth - 1)).isCloseTo(perLayer, within(0.1 * perLayer));
        assertThat(
                IntStream.range(1, depth).mapToDouble(l -> ln[l] - ln[l - 1]).max().orElseThrow())
            .isLessThan(2 * perLayer);
      }
    }
  }
}
