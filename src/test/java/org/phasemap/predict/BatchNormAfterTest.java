package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.Probers;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Place;
import org.phasemap.network.architecture.Plain;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.gauss.Sample;

/** Batch norm after φ, of a batch so small that ReLU's units die in it. */
class BatchNormAfterTest {
  private static final int BATCH = 4;
  private static final double SIGMA_W2 = 1.6;
  private static final int WIDTH = Integer.getInteger("phasemap.after.width", 384);
  private static final int NETWORKS = Integer.getInteger("phasemap.after.networks", 12);

  /** What is left of order B/n, beside the standard error. */
  private static final double FINITE_BATCH = 0.5;

  private static Cell cell(Activation activation) {
    return cell(activation, 3, 256, SIGMA_W2, 0, new Inputs(BATCH, 64, 1, 0));
  }

  private static Cell cell(
      Activation activation, int depth, int width, double sigmaW2, double sigmaB2, Inputs inputs) {
    NetworkConfig network =
        new NetworkConfig(
            new Plain(Norm.BATCH, Place.AFTER, 1, Parameterisation.PLAIN),
            activation,
            depth,
            width,
            WeightLaw.NORMAL,
            sigmaW2,
            sigmaB2,
            1);
    Task task = new Task.Propagation(inputs, List.of(Probe.SIGNAL, Probe.GRADIENT));
    return new Cell(network, null, task);
  }

  private static Outlook outlook(Activation activation) {
    return Predictors.predict(List.of(cell(activation))).get(0);
  }

  /**
   * Four independent inputs leave a unit dead with probability 1/16. From then on their sum is 0,
   * so that not all are negative.
   */
  @Test
  void deadUnitsStayAtZero() {
    double[] q = outlook(Activations.RELU).prediction().orElseThrow().limit().profile(Profile.Q);
    double alive = 1 - Math.pow(2, -BATCH);
    assertThat(q[1]).isCloseTo(SIGMA_W2 * alive, within(1e-12));
    assertThat(q[2]).isCloseTo(SIGMA_W2, within(1e-12));

    Sample second = new Sample();
    try (Kernel kernel = Backends.fastest().open()) {
      Cell cell = cell(Activations.RELU);
      for (int r = 0; r < 60; r++) {
        Unit unit = new Unit(7, r, Sampler.DENSE, Unit.Sharing.INDEPENDENT, List.of(cell));
        Measurement found = Probers.of(cell.network().architecture()).measure(kernel, unit).get(0);
        second.add(found.profile(Profile.Q)[1]);
      }
    }
    // A sixteenth is five of the largest error.
    second.hasMean(SIGMA_W2 * alive, 0.02);
  }

  /**
   * What φ is does not matter where it is not flat; gradients of so few units need a bias.
   */
  @Test
  void otherUnitsHaveTheBatchsVariance() {
    Outlook outlook = outlook(Activations.TANH);
    Measurement limit = outlook.prediction().orElseThrow().limit();
    assertThat(limit.number(SignalQuantity.LN_Q)).isCloseTo(Math.log(SIGMA_W2), within(1e-12));
    assertThat(limit.number(SignalQuantity.C)).isCloseTo(-1.0 / (BATCH - 1), within(1e-12));
    assertThat(limit.number(SignalQuantity.LN_GRADIENT_GAIN)).isNaN();
    assertThat(outlook.toString()).contains("units with a bias");
  }

  /**
   * Growth over five layers in the middle, of small batches too. At the top it is larger than
   * theory's there: the gradient of a network is of its own signs, and differs from input to input.
   */
  @ParameterizedTest
  @CsvSource({
    "erf, 8, 0.5, 12, 1.5, 0.1",
    "gelu, 8, 0, 12, 2.5, 0",
    "leaky_relu(0.2), 8, 0.8, 12, 1, 0.5",
    "relu, 24, 0, 12, 2, 0"
  })
  void gradientsGrowAsThoseOfWideNetworks(
      String name, int batch, double c0, int depth, double sigmaW2, double sigmaB2) {
    Cell cell =
        cell(Activations.parse(name), depth, WIDTH, sigmaW2, sigmaB2, new Inputs(batch, 64, 1, c0));
    Measurement limit = Predictors.predict(List.of(cell)).get(0).prediction().orElseThrow().limit();

    double[] growth;
    try (Kernel kernel = Backends.fastest().open()) {
      growth =
          LayeredMonteCarloTest.measure(kernel, cell, NETWORKS).stream()
              .mapToDouble(BatchNormAfterTest::growth)
              .toArray();
    }

    double variance = StatUtils.variance(growth);
    double finite = FINITE_BATCH * batch / WIDTH;
    double error = Math.sqrt(variance / growth.length + finite * finite);
    assertThat((StatUtils.mean(growth) + 0.5 * variance - growth(limit)) / error)
        .as("%s +- %s, not %s", StatUtils.mean(growth), error, growth(limit))
        .isBetween(-4.0, 4.0);
  }

  private static double growth(Measurement of) {
    double[] ln = of.profile(Profile.LN_GRADIENT);
    return ln[1] - ln[6];
  }
}
