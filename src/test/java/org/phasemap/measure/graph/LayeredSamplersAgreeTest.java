package org.phasemap.measure.graph;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.measure.SamplersCompared;
import org.phasemap.network.Architecture;
import org.phasemap.network.architecture.Families;
import org.phasemap.network.architecture.PhysicsInformed;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.spec.Inputs;

/**
 * Graphs of dense layers without weights have the law of those with them, as {@link
 * SamplersAgreeTest} has it of MLPs. {@link DrawnWeightsTest} holds that of the weights of a layer,
 * and {@link DrawnParametersTest} that nobody asks them wrongly; here it is how layers hang
 * together.
 */
class LayeredSamplersAgreeTest {
  private static final int NETWORKS = 200;
  private static final int COMPARISONS = 400;

  /** From here on float32 kernels of coupled outputs are singular. */
  private static final double SINGULAR = 9;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // As many inputs as units, and more than numbers of an input.
        "residual(order=pre1) | tanh | 12 | 6 | 5 | 6",
        "residual(order=pre2, norm=batch) | relu | 3 | 12 | 9 | 4",
        "residual(order=v1, norm=rms, scale=decaying) | tanh | 3 | 10 | 4 | 4",
        "densenet(growth=3, norm=layer) | tanh | 4 | 7 | 6 | 4",
        "autoencoder(widths=8x3x8) | tanh | 5 | 8 | 12 | 4",
        "pinn(equation=poisson) | tanh | 3 | 9 | 1 | 4",
      })
  void everyScalarHasTheLawOfExplicitWeights(
      String text, String activation, int depth, int width, int dimension, int count) {
    Architecture architecture = Families.parse(text);
    Inputs inputs =
        architecture instanceof PhysicsInformed
            ? new Inputs(new Inputs.Collocation(), count, dimension, 1)
            : new Inputs(count, dimension, 1.2, 0.4);
    Task task = new Task.Propagation(inputs, SamplersCompared.PROBES);
    Cell cell =
        new Cell(
            LayeredCells.network(architecture, activation, depth, width, 1.9, 0.1), null, task);
    new SamplersCompared(NETWORKS, COMPARISONS, SINGULAR).assertSameLaws(List.of(cell));
  }
}
