package org.phasemap.measure.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.Probers;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Convolutional;
import org.phasemap.network.architecture.Families;
import org.phasemap.network.architecture.Groups;
import org.phasemap.network.architecture.Place;
import org.phasemap.network.architecture.Plain;
import org.phasemap.network.architecture.Readout;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;

/** Networks of layers beside what is known of them. */
class LayeredPropagationTest {
  private static final List<Probe> PROBES =
      List.of(
          Probe.SIGNAL,
          Probe.GRADIENT,
          Probe.NTK,
          Probe.OPTIMISER,
          Probe.PRECISION,
          Probe.JACOBIAN,
          Probe.NTK_LAYERS,
          Probe.CURVATURE);

  private static final Architecture PLAIN =
      new Plain(Norm.NONE, Place.BEFORE, 1, Parameterisation.PLAIN);

  private static final Architecture CONVOLUTION =
      new Convolutional(
          List.of(4, 4),
          3,
          Padding.ZERO,
          Groups.of(1),
          Readout.FLATTEN,
          Norm.NONE,
          Place.BEFORE,
          Parameterisation.PLAIN);

  /** A plain graph draws the MLP's very numbers: only rounding is between them. */
  @ParameterizedTest
  @CsvSource({
    "NORMAL, 1, 0.1",
    "UNIFORM, 1, 0",
    "TRUNCATED, 0.7, 0.2",
    "ORTHOGONAL, 1, 0.1",
    "NORMAL, 0.6, 0"
  })
  void aPlainGraphIsTheMlp(WeightLaw law, double p, double sigmaB2) {
    Task task = new Task.Propagation(new Inputs(3, 11, 1.3, 0.4), PROBES);
    try (Kernel kernel = Backends.fastest().open()) {
      List<Cell> plain = cells(PLAIN, law, p, sigmaB2, task);
      List<Measurement> graphs = measure(kernel, plain, Sampler.DENSE);
      List<Measurement> mlps =
          measure(kernel, cells(Architecture.MLP, law, p, sigmaB2, task), Sampler.DENSE);
      for (int i = 0; i < graphs.size(); i++) {
        SameMeasurement.assertSame(
            graphs.get(i), mlps.get(i), 2e-4, plain.get(i).network().toString());
      }
    }
  }

  /** So it does without weights, where signals go up and gradients down, once each. */
  @ParameterizedTest
  @CsvSource({"3, 11, 0.4, 0.1", "5, 4, 1, 0", "16, 20, 0.2, 0.1"})
  void aPlainGraphWithoutWeightsIsTheMlp(int count, int dimension, double c0, double sigmaB2) {
    List<Probe> probes = PROBES.stream().filter(probe -> probe != Probe.JACOBIAN).toList();
    Task task = new Task.Propagation(new Inputs(count, dimension, 1.3, c0), probes);
    try (Kernel kernel = Backends.fastest().open()) {
      List<Cell> plain = cells(PLAIN, WeightLaw.NORMAL, 1, sigmaB2, task);
      List<Measurement> graphs = measure(kernel, plain, Sampler.WEIGHT_FREE);
      List<Measurement> mlps =
          measure(
              kernel,
              cells(Architecture.MLP, WeightLaw.NORMAL, 1, sigmaB2, task),
              Sampler.WEIGHT_FREE);
      for (int i = 0; i < graphs.size(); i++) {
        SameMeasurement.assertSame(
            graphs.get(i), mlps.get(i), 2e-4, plain.get(i).network().toString());
      }
    }
  }

  /** As replay needs it. */
  @ParameterizedTest
  @EnumSource(Sampler.class)
  void aCellAloneIsTheSameToTheBit(Sampler sampler) {
    Task task = new Task.Propagation(new Inputs(3, 11, 1.3, 0.4), PROBES);
    List<Cell> cells = cells(Families.parse("residual(order=pre2, norm=batch)"), task);
    Unit unit = new Unit(5, 3, sampler, Sharing.COMMON, cells);
    try (Kernel kernel = Backends.fastest().open()) {
      List<Measurement> together = Probers.of(unit.architecture()).measure(kernel, unit);
      for (int i = 0; i < cells.size(); i++) {
        Unit alone = unit.alone(cells.get(i));

        SameMeasurement.assertEqual(
            Probers.of(unit.architecture()).measure(kernel, alone).get(0), together.get(i));
      }
    }
  }

  /** Chaotic networks would make rounding into differences. */
  @Test
  void equalInputsStayEqual() {
    for (Architecture architecture : List.of(PLAIN, new HeTransformer(4, 2, 0.3), CONVOLUTION)) {
      Cell cell =
          LayeredCells.cell(
              LayeredCells.network(architecture, "tanh", 20, 16, 9, 0.1),
              new Inputs(3, 80, 1, 1),
              Probe.SIGNAL,
              Probe.GRADIENT,
              Probe.NTK);
      try (Kernel kernel = Backends.fastest().open()) {
        assertEqualInputs(LayeredCells.measure(kernel, cell, Sampler.DENSE, 0));
        if (architecture == PLAIN) {
          assertEqualInputs(LayeredCells.measure(kernel, cell, Sampler.WEIGHT_FREE, 0));
        }
      }
    }
  }

  private static void assertEqualInputs(Measurement found) {
    assertThat(found.number(SignalQuantity.C)).isCloseTo(1, within(1e-12));
    assertThat(found.number(KernelQuantity.NTK_OFF_RATIO)).isCloseTo(1, within(1e-5));
    assertThat(found.number(KernelQuantity.LN_NTK_LAMBDA_MIN)).isNaN();
  }

  /** E over signs s of |Σ s_i ∂f_i/∂W|² is Σ_i |∂f_i/∂W|², which the kernel has f_i by f_i. */
  @Test
  void signsAddUpTheGradientsOfABatch() {
    Architecture architecture = new Plain(Norm.BATCH, Place.BEFORE, 1, Parameterisation.PLAIN);
    Cell cell =
        LayeredCells.cell(
            LayeredCells.network(architecture, "tanh", 3, 12, 1.5, 0),
            new Inputs(5, 16, 1, 0.2),
            Probe.GRADIENT,
            Probe.NTK_LAYERS);

    double[] ratio =
        LayeredCells.measure(
            cell,
            300,
            m ->
                Math.exp(
                    m.profile(Profile.LN_WEIGHT_GRADIENT)[1]
                        - m.profile(Profile.LN_NTK_STANDARD)[1]));

    double error = Math.sqrt(StatUtils.variance(ratio) / ratio.length);
    assertThat(StatUtils.mean(ratio)).isCloseTo(1, within(4 * error));
    assertThat(StatUtils.variance(ratio)).isPositive();
  }

  /** Two inputs become ±γ, whatever they were: their gradient is 0, not what rounding leaves. */
  @ParameterizedTest
  @EnumSource(Place.class)
  void aBatchOfTwoSendsNoGradientThroughItsNorm(Place place) {
    Cell cell =
        LayeredCells.cell(
            LayeredCells.network(
                new Plain(Norm.BATCH, place, 1.3, Parameterisation.PLAIN), "gelu", 3, 16, 1.7, 0.3),
            new Inputs(2, 12, 1.5, 0.3),
            Probe.GRADIENT,
            Probe.JACOBIAN);
    try (Kernel kernel = Backends.fastest().open()) {
      for (int replicate = 0; replicate < 5; replicate++) {
        Measurement found = LayeredCells.measure(kernel, cell, replicate);
        assertThat(found.category()).isEqualTo(Category.VANISHED);
        assertThat(found.number(SignalQuantity.LN_GRADIENT_GAIN)).isNaN();
        assertThat(found.number(JacobianQuantity.LN_JACOBIAN_MEAN))
            .isEqualTo(Double.NEGATIVE_INFINITY);
      }
    }
  }

  private static List<Cell> cells(Architecture architecture, Task task) {
    return cells(architecture, WeightLaw.NORMAL, 1, 0.1, task);
  }

  private static List<Cell> cells(
      Architecture architecture, WeightLaw law, double p, double sigmaB2, Task task) {
    List<Cell> cells = new ArrayList<>();
    for (String activation : List.of("tanh", "relu")) {
      for (int depth : new int[] {1, 2, 5}) {
        for (double sigmaW2 : new double[] {1.7, 2.3}) {
          NetworkConfig network =
              new NetworkConfig(
                  architecture, Activations.parse(activation), depth, 13, law, sigmaW2, sigmaB2, p);
          cells.add(new Cell(network, null, task));
        }
      }
    }
    return cells;
  }

  private static List<Measurement> measure(Kernel kernel, List<Cell> cells, Sampler sampler) {
    Unit unit = new Unit(5, 3, sampler, Sharing.COMMON, cells);
    return Probers.of(unit.architecture()).measure(kernel, unit);
  }
}
