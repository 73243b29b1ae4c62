package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;

class BandColumnsTest {
  /** A law without a column would be lost without a word. */
  @Test
  void everyLawHasItsColumnsAndEveryColumnItsLaw() {
    List<Quantity> laws = new ArrayList<>(Bands.quantities());
    laws.add(KernelQuantity.LN_CURVATURE_TRACE);
    laws.add(KernelQuantity.LN_NTK_OUTPUTS_SCALE);
    assertThat(Quantity.all().stream().filter(q -> q.theory().hasBand()))
        .containsExactlyInAnyOrderElementsOf(laws);
  }

  /** Without the mask's chance c of eight networks was 7 standard errors off at p = 0.82. */
  @ParameterizedTest
  @CsvSource({"ORTHOGONAL, 1, true", "ORTHOGONAL, 0.82, false", "NORMAL, 0.82, true"})
  void orthogonalWeightsUnderAMaskHaveNoBand(WeightLaw law, double keep, boolean known) {
    NetworkConfig network = new NetworkConfig(Activations.ERF, 4, 128, law, 1.2, 0.1, keep);
    Task task = new Task.Propagation(new Inputs(2, 128, 1, 0.5), List.of(Probe.SIGNAL));
    Prediction prediction =
        Predictors.predict(List.of(new Cell(network, null, task)))
            .get(0)
            .prediction()
            .orElseThrow();
    assertThat(prediction.bands().of(SignalQuantity.LN_Q).reliable()).isEqualTo(known);
  }

  /**
   * All inputs see the same mask. Over 300 networks of half of 72 weights kept and 64 independent
   * inputs the variance of ln q_1 is 2.1 ± 0.2 times that of normal weights; expected are 2.4.
   */
  @ParameterizedTest
  @CsvSource({"1, 192, true", "4, 192, true", "64, 384, false", "64, 72, false"})
  void masksAreCommonToAllInputs(int count, int dimension, boolean known) {
    NetworkConfig network =
        new NetworkConfig(Activations.RELU, 1, 64, WeightLaw.NORMAL, 4, 0.1, 0.5);
    Task task = new Task.Propagation(new Inputs(count, dimension, 1, 0), List.of(Probe.SIGNAL));
    Bands bands =
        Predictors.predict(List.of(new Cell(network, null, task)))
            .get(0)
            .prediction()
            .orElseThrow()
            .bands();
    assertThat(bands.of(SignalQuantity.LN_Q).reliable()).isEqualTo(known);
  }
}
