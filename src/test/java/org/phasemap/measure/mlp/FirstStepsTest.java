package org.phasemap.measure.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.data.DataSets;
import org.phasemap.data.DataSource;
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
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.limit.AdamFirstStep;

class FirstStepsTest {
  private static final double EPSILON = 1e-8;

  @TempDir private Path folder;

  /**
   * Entry by entry of the explicit gradients. These are close to products of two Gaussians, which
   * are smaller than a Gaussian of the same size more often: near ε their root mean square step is
   * up to 15 % smaller (quadrature), far from it no different.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1e-4",
    "1e-9, 0.02",
    "1e-12, 0.1",
    "1e-14, 0.16",
    "1e-16, 0.1",
    "1e-19, 0.01",
    "1e-22, 1e-3"
  })
  void adamsStepIsThatOfExplicitGradients(double q0, double tolerance) {
    int width = 60;
    int inputs = 3;
    Cell cell =
        new Cell(
            new NetworkConfig(Activations.parse("tanh"), 3, width, WeightLaw.NORMAL, 1.5, 0, 1),
            null,
            new Task.Propagation(new Inputs(inputs, 40, q0, 0.4), List.of(Probe.OPTIMISER)));
    try (Kernel kernel = Backends.fastest().open()) {
      Unit unit = new Unit(6, 0, Sampler.DENSE, Sharing.COMMON, List.of(cell));
      double[] measured = Propagation.measure(kernel, unit).get(0).profile(Profile.LN_ADAM_STEP);
      ExplicitNetwork explicit = new ExplicitNetwork(kernel, cell, 6, 0);
      for (int l = 1; l <= 3; l++) {
        int fanIn = explicit.h[l - 1][0].length;
        double squares = 0;
        for (int i = 0; i < width; i++) {
          for (int j = 0; j < fanIn; j++) {
            double gradient = 0;
            for (int a = 0; a < inputs; a++) {
              gradient += explicit.delta[l][a][i] * explicit.h[l - 1][a][j] / inputs;
            }
            squares += Math.pow(AdamFirstStep.relativeUpdate(gradient, EPSILON), 2);
          }
        }
        double step = Math.sqrt(squares / (width * fanIn)) / Math.sqrt(1.5 / fanIn);
        assertThat(measured[l - 1]).isCloseTo(Math.log(step), within(tolerance));
      }
    }
  }

  /** φ odd, no biases: f is odd, so its gradient by the weights is even·odd and cancels exactly. */
  @ParameterizedTest
  @EnumSource(names = {"DENSE", "WEIGHT_FREE"})
  void oppositeInputsMoveNothing(Sampler sampler) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "x,y,z\n1,2,-3\n-1,-2,3\n");
    DataSource data =
        DataSets.identified(
            new DataSource.Files(DataSource.Format.CSV, file.toString(), null, null, ""));
    Cell cell =
        new Cell(
            new NetworkConfig(Activations.parse("tanh"), 4, 9, WeightLaw.NORMAL, 2, 0, 1),
            null,
            new Task.Propagation(
                new Inputs(new Inputs.Chosen(data, 1), 2, 3, 1), List.of(Probe.OPTIMISER)));
    try (Kernel kernel = Backends.fastest().open()) {
      for (int replicate = 0; replicate < 20; replicate++) {
        Unit unit = new Unit(6, replicate, sampler, Sharing.COMMON, List.of(cell));
        Measurement steps = Propagation.measure(kernel, unit).get(0);
        assertThat(steps.profile(Profile.LN_SGD_STEP)).containsOnly(Double.NEGATIVE_INFINITY);
        assertThat(steps.profile(Profile.LN_ADAM_STEP)).containsOnly(Double.NEGATIVE_INFINITY);
      }
    }
  }
}
