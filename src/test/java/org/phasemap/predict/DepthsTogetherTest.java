package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Families;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;

/** Depths share what their networks have in common; each has the prediction that it has alone. */
class DepthsTogetherTest {
  private static final List<Quantity> QUANTITIES =
      List.of(SignalQuantity.LN_Q, SignalQuantity.LN_GRADIENT_GAIN, KernelQuantity.NTK_OFF_RATIO);

  /** A first layer is an ordinary one around a ring, whatever follows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "convolutional(size=8, padding=circular, stride=2, transposed=true)",
        "convolutional(size=16, padding=circular, stride=2)",
        "convolutional(size=16, padding=circular, pool=average, pool_every=2)",
        "convolutional(size=16, padding=circular, pool=max, pool_every=2)"
      })
  void eachDepthIsAsAlone(String architecture) {
    List<Cell> cells =
        IntStream.rangeClosed(1, 3).mapToObj(depth -> cell(architecture, depth)).toList();

    List<Outlook> together = Predictors.predict(cells);

    for (int i = 0; i < cells.size(); i++) {
      Outlook alone = Predictors.predict(cells.subList(i, i + 1)).get(0);
      for (Quantity quantity : QUANTITIES) {
        assertThat(number(together.get(i), quantity))
            .as("%s of %s layers", quantity, i + 1)
            .isCloseTo(number(alone, quantity), within(1e-9));
      }
    }
  }

  private static double number(Outlook outlook, Quantity quantity) {
    return outlook.prediction().orElseThrow().limit().number(quantity);
  }

  private static Cell cell(String architecture, int depth) {
    NetworkConfig network =
        new NetworkConfig(
            Families.parse(architecture),
            Activations.TANH,
            depth,
            64,
            WeightLaw.NORMAL,
            1.6,
            0.1,
            1);
    return new Cell(
        network,
        null,
        new Task.Propagation(
            new Inputs(3, 512, 1, 0.3), List.of(Probe.SIGNAL, Probe.GRADIENT, Probe.NTK)));
  }
}
