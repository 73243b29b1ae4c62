package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.data.DataSource;
import org.phasemap.measure.input.GivenInputs;
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
import org.phasemap.plan.Task;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.Inputs;

/**
 * What one given image has here and another there is not what they have the other way round: a mean
 * over positions sees both.
 */
class GivenImagesTest {
  private static final int SHOWN = 3;
  private static final int PIXELS = 64;

  /** Linear layers of one tap see nothing of an image but its mean. */
  @ParameterizedTest
  @EnumSource
  void kernelsOfMeansAreThoseOfMeanImages(Padding padding) {
    Inputs inputs = new Inputs(new Inputs.Chosen(new DataSource.Bundled(), 0), SHOWN, PIXELS, 1);
    Convolutional architecture =
        new Convolutional(
            List.of(8, 8),
            1,
            padding,
            Groups.of(1),
            Readout.AVERAGE,
            Norm.NONE,
            Place.BEFORE,
            Parameterisation.PLAIN);
    NetworkConfig network =
        new NetworkConfig(architecture, Activations.LINEAR, 2, 32, WeightLaw.NORMAL, 1.3, 0, 1);
    Cell cell =
        new Cell(network, null, new Task.Propagation(inputs, List.of(Probe.SIGNAL, Probe.NTK)));

    double found =
        Predictors.predict(List.of(cell))
            .get(0)
            .prediction()
            .orElseThrow()
            .limit()
            .number(KernelQuantity.NTK_OFF_RATIO);

    float[] x = GivenInputs.of(inputs).columns();
    double own = 0;
    double all = 0;
    double[] mean = new double[SHOWN];
    for (int i = 0; i < SHOWN; i++) {
      for (int a = 0; a < PIXELS; a++) {
        mean[i] += (double) x[i * PIXELS + a] / PIXELS;
      }
      own += mean[i] * mean[i];
    }
    for (double a : mean) {
      for (double b : mean) {
        all += a * b;
      }
    }
    double expected = (all - own) / (SHOWN - 1) / own;
    assertThat(found).isCloseTo(expected, within(1e-9)); // sums of 4096 products
  }
}
