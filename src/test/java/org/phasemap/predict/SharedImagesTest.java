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
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Convolutional;
import org.phasemap.network.architecture.Groups;
import org.phasemap.network.architecture.Place;
import org.phasemap.network.architecture.Readout;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.quantity.TokenQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.width.Band;

/** Networks of a cell are shown the same Gaussian images, and are no average over them. */
class SharedImagesTest {
  private static final int NETWORKS = 400;

  private static Cell cell(Padding padding, int kernel, int channels, int depth) {
    Convolutional architecture =
        new Convolutional(
            List.of(8, 8),
            kernel,
            padding,
            Groups.of(1),
            Readout.AVERAGE,
            Norm.NONE,
            Place.BEFORE,
            Parameterisation.PLAIN);
    NetworkConfig network =
        new NetworkConfig(architecture, Activations.RELU, depth, 96, WeightLaw.NORMAL, 1.5, 0, 1);
    Inputs inputs = new Inputs(1, 64 * channels, 1, 0);
    return new Cell(network, null, new Task.Propagation(inputs, List.of(Probe.SIGNAL)));
  }

  private static Band lnQ(Cell cell) {
    Prediction prediction = Predictors.predict(List.of(cell)).get(0).prediction().orElseThrow();
    return prediction.bands().of(SignalQuantity.LN_Q);
  }

  /** Two of P positions have a squared cosine of 1/C in C channels, and n units 2/n of that. */
  @Test
  void positionsAreAlikeByChance() {
    Cell cell = cell(Padding.CIRCULAR, 1, 64, 1);
    double variance = 2.0 / 96 / 64 * (1 + 1 / 64.0 + 64 / 64.0);
    Band band = lnQ(cell);
    assertThat(band.standardDeviation()).isCloseTo(Math.sqrt(variance), within(1e-12));
    double[] measured = new double[NETWORKS];
    try (Kernel kernel = Backends.fastest().open()) {
      for (int r = 0; r < NETWORKS; r++) {
        Unit unit = new Unit(1, r, Sampler.DENSE, Unit.Sharing.COMMON, List.of(cell));
        measured[r] =
            Probers.of(cell.network().architecture())
                .measure(kernel, unit)
                .get(0)
                .number(SignalQuantity.LN_Q);
      }
    }
    assertThat(Math.abs(band.z(StatUtils.mean(measured), NETWORKS))).isLessThan(5);
    // Five standard errors of a variance; without the images' chance it would be 2.0.
    assertThat(StatUtils.variance(measured) / variance)
        .isCloseTo(1, within(5 * Math.sqrt(2.0 / NETWORKS)));
  }

  /**
   * Of k numbers under the taps, m images and P positions 2/(k m) (1 − taps/P) at any width, by
   * which theory would be too small.
   */
  @ParameterizedTest
  @CsvSource({"1, false", "3, false", "256, true"})
  void imagesAreBrighterInPlaces(int channels, boolean known) {
    Cell one = cell(Padding.CIRCULAR, 3, channels, 1);
    Inputs two = new Inputs(2, 64 * channels, 1, 0);
    Cell cell = new Cell(one.network(), null, new Task.Propagation(two, List.of(Probe.SIGNAL)));
    Prediction prediction = Predictors.predict(List.of(cell)).get(0).prediction().orElseThrow();

    double limit = prediction.limit().number(TokenQuantity.POSITION_SPREAD);

    if (known) {
      assertThat(limit).isZero();
    } else {
      assertThat(limit).isNaN();
      double[] measured = new double[100];
      try (Kernel kernel = Backends.fastest().open()) {
        for (int r = 0; r < measured.length; r++) {
          Unit unit = new Unit(r, r, Sampler.DENSE, Unit.Sharing.INDEPENDENT, List.of(cell));
          measured[r] =
              Probers.of(cell.network().architecture())
                  .measure(kernel, unit)
                  .get(0)
                  .number(TokenQuantity.POSITION_SPREAD);
        }
      }
      double brightness = 2.0 / (9 * channels * 2) * (1 - 9 / 64.0);
      double error = Math.sqrt(StatUtils.variance(measured) / measured.length);
      // A tenth is of the next order in 1/k.
      assertThat(StatUtils.mean(measured))
          .isCloseTo(brightness, within(4 * error + 0.1 * brightness));
    }
  }

  /** Padding that reads some positions more often measures how bright these are. */
  @ParameterizedTest
  @CsvSource({
    "CIRCULAR, 8, 1, true",
    "REFLECT, 8, 1, false",
    "ZERO, 8, 1, false",
    "REFLECT, 8, 4, false",
    "REFLECT, 256, 4, true",
    "ZERO, 256, 4, true"
  })
  void unevenPaddingNeedsManyChannels(Padding padding, int channels, int depth, boolean known) {
    assertThat(lnQ(cell(padding, 3, channels, depth)).reliable()).isEqualTo(known);
  }
}
