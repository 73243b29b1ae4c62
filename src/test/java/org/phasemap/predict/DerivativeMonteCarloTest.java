package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.Probers;
import org.phasemap.network.Activation;
import org.phasemap.network.Equation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.PhysicsInformed;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.DerivativeQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.architecture.pinn.PinnDerivatives;
import org.phasemap.theory.architecture.pinn.PinnTangentKernel;
import org.phasemap.theory.limit.LayerLaw;

/**
 * Theory of derivatives along the input against the engine that measures them. Other networks:
 * {@code -Dphasemap.layered.networks=200 -Dphasemap.layered.width=256}.
 */
class DerivativeMonteCarloTest {
  private static final int NETWORKS = Integer.getInteger("phasemap.layered.networks", 60);
  private static final int WIDTH = Integer.getInteger("phasemap.layered.width", 128);

  /** What is left of order 1/n of a moment, over n and its size, beside the standard error. */
  private static final double FINITE_WIDTH = 4;

  private static Cell cell(NetworkConfig network, Inputs inputs) {
    Task task = new Task.Propagation(inputs, List.of(Probe.SIGNAL, Probe.GRADIENT));
    return new Cell(network, null, task);
  }

  private static NetworkConfig network(
      Activation activation, int depth, int width, WeightLaw law, double w2, double b2) {
    return new NetworkConfig(
        new PhysicsInformed(Equation.POISSON), activation, depth, width, law, w2, b2, 1);
  }

  private static Inputs points(int count) {
    return new Inputs(new Inputs.Collocation(), count, 1, 1);
  }

  private static Outlook outlook(Cell cell) {
    return Predictors.predict(List.of(cell)).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "tanh, 1, 1.5, 0.05",
    "tanh, 3, 1.76, 0.05",
    "sin, 3, 1.5, 0.05",
    "silu, 2, 2, 0.1",
    "gelu, 2, 1.5, 0"
  })
  void momentsAreWithinFourStandardErrors(String name, int depth, double w2, double b2) {
    Activation activation = Activations.parse(name);
    Cell cell = cell(network(activation, depth, WIDTH, WeightLaw.NORMAL, w2, b2), points(4));
    Measurement limit = outlook(cell).prediction().orElseThrow().limit();
    List<Measurement> found = measure(cell);
    for (Quantity quantity : DerivativeQuantity.values()) {
      double[] values = found.stream().mapToDouble(m -> Math.exp(m.number(quantity))).toArray();
      assertClose(cell, quantity.column(), values, Math.exp(limit.number(quantity)));
    }
    for (Profile profile : List.of(Profile.LN_DU, Profile.LN_D2U)) {
      for (int l = 1; l <= depth; l++) {
        int at = l - 1;
        double[] values =
            found.stream().mapToDouble(m -> Math.exp(m.profile(profile)[at])).toArray();
        double expected = Math.exp(limit.profile(profile)[at]);
        assertClose(cell, profile.column() + " " + l, values, expected);
      }
    }
  }

  private static void assertClose(Cell cell, String what, double[] values, double expected) {
    double mean = StatUtils.mean(values);
    double finite = FINITE_WIDTH / WIDTH * expected;
    double error = Math.sqrt(StatUtils.variance(values) / values.length + finite * finite);
    assertThat(Math.abs(mean - expected))
        .as("%s: %s is %s +- %s, not %s", cell.network(), what, mean, error, expected)
        .isLessThanOrEqualTo(4 * error);
  }

  private static List<Measurement> measure(Cell cell) {
    List<Measurement> found = new ArrayList<>();
    try (Kernel kernel = Backends.fastest().open()) {
      for (int r = 0; r < NETWORKS; r++) {
        Unit unit = new Unit(5, r, Sampler.DENSE, Unit.Sharing.INDEPENDENT, List.of(cell));
        found.addAll(Probers.of(cell.network().architecture()).measure(kernel, unit));
      }
    }
    return found;
  }

  /** The read-out has σ_w² and σ_b² here, and 1 and 0 in {@code theory check}. */
  @Test
  void limitsAreTheKeysOfTheTheory() {
    LayerLaw law = new LayerLaw(Activations.TANH, 1.76, 0.05);
    Inputs one = new Inputs(new Inputs.Gaussian(0.09, 0), 1, 1, 1);
    Cell cell = cell(network(Activations.TANH, 3, 16, WeightLaw.NORMAL, 1.76, 0.05), one);
    Measurement limit = outlook(cell).prediction().orElseThrow().limit();
    PinnDerivatives u =
        PinnDerivatives.plainInput(law, 0.3).propagate(law, 2).readout(Activations.TANH);
    assertThat(Math.exp(limit.number(DerivativeQuantity.LN_D2U)) / 1.76)
        .isCloseTo(u.ss(), withinPercentage(1e-9));
    assertThat((Math.exp(limit.number(DerivativeQuantity.LN_U)) - 0.05) / 1.76)
        .isCloseTo(u.zz(), withinPercentage(1e-9));
    double theta = PinnTangentKernel.ofSecondDerivative(law, 0.3, 3);
    assertThat(Math.exp(limit.number(DerivativeQuantity.LN_RESIDUAL_NTK)) / 1.76)
        .isCloseTo(theta, withinPercentage(1e-9));
    double f = Equation.POISSON.source(0.3);
    assertThat(Math.exp(limit.number(DerivativeQuantity.LN_RESIDUAL_GRADIENT)))
        .isCloseTo(1.76 * theta * (1.76 * u.ss() + f * f), withinPercentage(1e-9));
    assertThat(limit.number(SignalQuantity.LN_Q)).isFinite();
  }

  @Test
  void unitsOfOneWeightMustBeGaussian() {
    for (WeightLaw law : List.of(WeightLaw.UNIFORM, WeightLaw.TRUNCATED)) {
      Outlook outlook = outlook(cell(network(Activations.TANH, 2, 16, law, 1, 0), points(2)));
      assertThat(outlook.prediction()).isEqualTo(Optional.empty());
      assertThat(outlook.missing()).contains("one weight each");
    }
  }

  /** u″ of a chain of chaotic layers grows as χ^{2l} (ARCHITECTURES 0.14). */
  @Test
  void secondDerivativesGrowTwiceAsFastInChaos() {
    Cell cell = cell(network(Activations.TANH, 24, 16, WeightLaw.NORMAL, 4, 0.05), points(2));
    Measurement limit = outlook(cell).prediction().orElseThrow().limit();
    double[] first = limit.profile(Profile.LN_DU);
    double[] second = limit.profile(Profile.LN_D2U);
    double slope = first[23] - first[22];
    assertThat(slope).isGreaterThan(0.1);
    // The share of what grows as χ^l has fallen to χ^{−20}.
    assertThat((second[23] - second[22]) / slope).isCloseTo(2, within(0.01));
  }
}
