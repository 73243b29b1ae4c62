package org.phasemap.measure.mlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import org.phasemap.predict.Predictors;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;

/** Inputs that are zero give rows, whatever the sampler. */
class ZeroInputTest {
  private static final List<Probe> PROBES =
      List.of(
          Probe.SIGNAL,
          Probe.GRADIENT,
          Probe.NTK,
          Probe.OPTIMISER,
          Probe.PRECISION,
          Probe.JACOBIAN);

  @TempDir private Path folder;

  /** Which rows of a table are inputs. */
  private record Shown(int count, int seed) {}

  private Measurement measured(String table, String activation, double sigmaB2, Sampler sampler)
      throws IOException {
    return measured(table, new Shown(3, 1), activation, sigmaB2, sampler);
  }

  private Measurement measured(
      String table, Shown shown, String activation, double sigmaB2, Sampler sampler)
      throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), table);
    DataSource data =
        DataSets.identified(
            new DataSource.Files(DataSource.Format.CSV, file.toString(), null, null, ""));
    Inputs inputs = new Inputs(new Inputs.Chosen(data, shown.seed), shown.count, 2, 1);
    NetworkConfig network =
        new NetworkConfig(Activations.parse(activation), 3, 40, WeightLaw.NORMAL, 1.5, sigmaB2, 1);
    Cell cell = new Cell(network, null, new Task.Propagation(inputs, PROBES));
    assertThat(Predictors.predict(List.of(cell))).hasSize(1);
    try (Kernel kernel = Backends.fastest().open()) {
      return Propagation.measure(kernel, new Unit(1, 0, sampler, Sharing.COMMON, List.of(cell)))
          .get(0);
    }
  }

  /** The middle row is the mean of each column, which normalisation makes zero. */
  @ParameterizedTest
  @CsvSource({"dense, tanh", "weight_free, tanh", "dense, gelu", "weight_free, gelu"})
  void oneOfThem(String sampler, String activation) throws IOException {
    Sampler drawn = Sampler.valueOf(sampler.toUpperCase(java.util.Locale.ROOT));
    Measurement without = measured("x,y\n1,5\n2,6\n3,7\n", activation, 0, drawn);
    assertThat(without.category()).isEqualTo(Category.FINITE);
    assertThat(Math.exp(without.number(SignalQuantity.LN_Q))).isPositive();
    assertThat(without.number(SignalQuantity.C)).isNaN();
    assertThat(without.number(SignalQuantity.LN_NORM_RATIO)).isNaN();
    assertThat(without.number(KernelQuantity.LN_NTK_SCALE)).isFinite();
    Measurement biased = measured("x,y\n1,5\n2,6\n3,7\n", activation, 0.1, drawn);
    assertThat(biased.number(SignalQuantity.C)).isBetween(-1.0, 1.0);
  }

  /** Of three rows one is chosen; the middle one is zero and has no signal. */
  @ParameterizedTest
  @CsvSource({"dense", "weight_free"})
  void allOfThem(String sampler) throws IOException {
    Sampler drawn = Sampler.valueOf(sampler.toUpperCase(java.util.Locale.ROOT));
    int zero = 0;
    for (int seed = 1; seed <= 12; seed++) {
      Measurement result = measured("x,y\n1,5\n2,6\n3,7\n", new Shown(1, seed), "tanh", 0, drawn);
      boolean dead = result.category() == Category.VANISHED;
      assertThat(dead).isEqualTo(Math.exp(result.number(SignalQuantity.LN_Q)) == 0);
      zero += dead ? 1 : 0;
    }
    assertThat(zero).isBetween(1, 11);
  }
}
