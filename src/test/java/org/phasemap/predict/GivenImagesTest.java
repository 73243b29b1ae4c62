package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
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
import org.phasemap.predict.graph.GraphTheory;
import org.phasemap.predict.graph.InputPairs;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.OutsideDomainException;

/**
 * What one given image has here and another there is not what they have the other way round: a mean
 * over positions sees both.
 */
class GivenImagesTest {
  private static final int SHOWN = 3;
  private static final int PIXELS = 64;

  /** 170 · 171/2 pairs of images and 400² of positions: 18 GB, and more than an int counts. */
  @Test
  void tooManyPairsAreRefusedBeforeTheyTakeMemory() {
    int count = 170;
    Convolutional architecture = convolutional(20, Padding.ZERO);
    NetworkConfig network =
        new NetworkConfig(architecture, Activations.RELU, 2, 32, WeightLaw.NORMAL, 2, 0, 1);
    InputPairs inputs = InputPairs.given(new double[count][count], new float[count * 400]);

    assertThatThrownBy(() -> new GraphTheory(network, inputs).of(architecture.graph(2, 32, 400)))
        .isInstanceOf(OutsideDomainException.class)
        .hasMessage("more than 42000 pairs of given inputs and positions: 2325600000");
  }

  private static Convolutional convolutional(int size, Padding padding) {
    return new Convolutional(
        List.of(size, size),
        1,
        padding,
        Groups.of(1),
        Readout.AVERAGE,
        Norm.NONE,
        Place.BEFORE,
        Parameterisation.PLAIN);
  }

  /** Linear layers of one tap see nothing of an image but its mean. */
  @ParameterizedTest
  @EnumSource
  void kernelsOfMeansAreThoseOfMeanImages(Padding padding) {
    Inputs inputs = new Inputs(new Inputs.Chosen(new DataSource.Bundled(), 0), SHOWN, PIXELS, 1);
    Convolutional architecture = convolutional(8, padding);
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
