package org.phasemap.theory.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.dual.CrossDual;
import org.phasemap.theory.dual.CrossDuals;

class InputKernelsTest {
  /**
   * The duals by quadrature in polar coordinates, a second method, at every step. Norms of 500 and
   * more make a rectifier's bend look like a kink, and the middle of a sigmoid like a step.
   */
  @ParameterizedTest
  @CsvSource({
    "tanh, 1, 1e-8",
    "silu, 1, 1e-8",
    "sigmoid, 1, 1e-8",
    "hard_tanh, 1, 1e-8",
    "gelu, 1, 1e-8",
    "softsign, 1, 1e-8",
    "selu, 1, 1e-8",
    "elu, 1, 1e-8",
    "silu, 1000, 1e-5",
    "selu, 1000, 1e-5",
    "tanh, 1000, 1e-5",
    "softsign, 1000, 1e-5"
  })
  void pairsOfDifferentNormsAgreeWithQuadratureInPolarCoordinates(
      String name, double scale, double tolerance) {
    LayerLaw law = new LayerLaw(Activations.parse(name), 1.8, 0.1);
    for (double c : new double[] {-0.7, 0.2, 0.9, 0.999}) {
      double both = scale * c * Math.sqrt(0.5 * 2.3);
      double[][] gram = {{scale * 0.5, both}, {both, scale * 2.3}};
      InputKernels kernels = InputKernels.of(law, gram, 10, 10);
      double qa = kernels.q(0);
      double qb = kernels.q(1);
      double theta = kernels.ntk(0, 1);
      CrossDual dual = CrossDuals.of(law.activation(), qa, qb);
      double delta = 1 - kernels.c(0, 1);
      kernels.up();
      double k = 1.8 * dual.product(delta) + 0.1;
      assertThat(kernels.nngp(0, 1)).isCloseTo(k, within(tolerance * Math.abs(k)));
      assertThat(kernels.ntk(0, 1))
          .isCloseTo(
              k + 1.8 * dual.derivative(delta) * theta,
              within(100 * tolerance * (Math.abs(k) + Math.abs(theta))));
      assertThat(kernels.c(0, 1))
          .isCloseTo(k / Math.sqrt(kernels.q(0) * kernels.q(1)), within(tolerance));
    }
  }

  /** What no longer changes is not computed again, and that changes nothing. */
  @Test
  void settledLayersGoOn() {
    LayerLaw law = new LayerLaw(Activations.parse("tanh"), 2, 0.2);
    double[][] gram = {{1, 0.3, 0.5}, {0.3, 2, 0.1}, {0.5, 0.1, 0.4}};
    InputKernels kernels = InputKernels.of(law, gram, 10, 10);
    double before = 0;
    for (int l = 0; l < 3000; l++) {
      before = kernels.ntk(0, 1);
      kernels.up();
    }
    Trajectory limit = SignalMaps.propagate(law, 1, 0.3, 3000);
    assertThat(kernels.q(2)).isCloseTo(limit.q()[2999], within(1e-12));
    assertThat(kernels.c(0, 1)).isCloseTo(limit.c(3000), within(1e-10));
    assertThat(kernels.ntk(0, 1))
        .isCloseTo(
            kernels.nngp(0, 1) + limit.chiC()[2999] * before, within(1e-9 * kernels.ntk(0, 1)));
  }

  /** Two inputs that are one another's multiples, and one that is zero. */
  @Test
  void parallelAndZeroInputs() {
    LayerLaw law = new LayerLaw(Activations.parse("relu"), 2, 0);
    InputKernels kernels =
        InputKernels.of(law, new double[][] {{1, 2, 0}, {2, 4, 0}, {0, 0, 0}}, 10, 10);
    for (int l = 0; l < 5; l++) {
      kernels.up();
    }
    assertThat(kernels.q(1)).isCloseTo(4 * kernels.q(0), within(1e-12));
    assertThat(kernels.c(0, 1)).isCloseTo(1, within(1e-12));
    assertThat(kernels.c(0, 2)).isNaN();
    assertThat(kernels.q(2)).isZero();
    assertThat(kernels.ntk(0, 1)).isCloseTo(2 * kernels.ntk(0, 0), within(1e-10));
    assertThat(kernels.ntk(0, 2)).isZero();
  }
}
