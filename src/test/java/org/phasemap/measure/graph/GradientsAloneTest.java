package org.phasemap.measure.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.architecture.ResidualScale;
import org.phasemap.network.architecture.Transformer;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.spec.Inputs;

/** Kernels multiply the gradients of different inputs too; the gradients are the same. */
class GradientsAloneTest {
  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"LN_WEIGHT_GRADIENT", "LN_QUERY_KEY_GRADIENT"})
  void areThoseBesideKernels(Profile profile) {
    NetworkConfig network =
        LayeredCells.network(
            new Transformer(5, 2, Transformer.Order.PRE, 2, ResidualScale.ONE, 0.2),
            "tanh",
            3,
            12,
            1.7,
            0.05);
    Inputs inputs = new Inputs(4, 6 * 7, 1, 0.3);
    try (Kernel kernel = Backends.fastest().open()) {
      Measurement alone =
          LayeredCells.measure(
              kernel, LayeredCells.cell(network, inputs, Probe.SIGNAL, Probe.GRADIENT), 0);
      Measurement beside =
          LayeredCells.measure(
              kernel,
              LayeredCells.cell(network, inputs, Probe.SIGNAL, Probe.GRADIENT, Probe.NTK),
              0);

      assertThat(alone.profile(profile)).hasSize(3).doesNotContain(Double.NaN);
      assertThat(alone.profile(profile)).containsExactly(beside.profile(profile), within(1e-9));
    }
  }
}
