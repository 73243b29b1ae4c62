package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.Inputs;

/** Inputs of one norm and one correlation are a special case of any inputs. */
class InputTheoryTest {
  @ParameterizedTest
  @CsvSource({"tanh, 1.8, 0.1", "relu, 2, 0", "selu, 1.1, 0.05", "gelu, 2.2, 0"})
  void equalPairsAreASpecialCase(String activation, double sigmaW2, double sigmaB2) {
    double[][] gram = new double[4][4];
    for (int a = 0; a < 4; a++) {
      Arrays.fill(gram[a], 0.9 * 0.3);
      gram[a][a] = 0.9;
    }
    Inputs inputs = new Inputs(4, 30, 0.9, 0.3);
    MlpGroup group =
        MlpGroup.of(
            Stream.of(1, 3, 6)
                .map(depth -> cell(activation, depth, 50, sigmaW2, sigmaB2, inputs))
                .toList());
    InputTheory equal = MlpPredictor.inputs(group);
    InputTheory any = new GramPairs(group, gram);
    assertThat(equal.alone()).hasSize(1);

    for (int depth : new int[] {1, 3, 6}) {
      assertThat(any.batchGradient(depth))
          .containsExactly(equal.batchGradient(depth), within(1e-9));
      assertSame(any.ntk(depth), equal.ntk(depth));
      assertSame(any.standardNtk(depth), equal.standardNtk(depth));
    }
  }

  private static void assertSame(KernelSpectrum any, KernelSpectrum equal) {
    assertThat(numbers(any)).containsExactly(numbers(equal), within(1e-9));
  }

  private static double[] numbers(KernelSpectrum kernel) {
    return new double[] {
      kernel.lnScale(),
      kernel.offRatio(),
      kernel.lnLambdaMax(),
      kernel.lnLambdaMin(),
      kernel.effectiveRank()
    };
  }

  /** A point of a sphere is a Gaussian input of its norm, to every probe. */
  @Test
  void oneInputIsOneInput() {
    Measurement point = predicted(new Inputs(new Inputs.Sphere(1.2, 4), 1, 30, 0.5));
    Measurement gaussian = predicted(new Inputs(1, 30, 0.3, 0.5));
    for (Quantity quantity : Quantity.all()) {
      double expected = gaussian.number(quantity);
      if (Double.isFinite(expected) && quantity.isMeasured(Set.of(Probe.values()), 1, 1)) {
        // The point's norm is that of float32 numbers.
        assertThat(point.number(quantity)).as(quantity.column()).isCloseTo(expected, within(1e-6));
      }
    }
  }

  private static Measurement predicted(Inputs inputs) {
    Cell cell = cell("silu", 5, 40, 1.9, 0.2, inputs);
    return MlpPredictor.predictions(List.of(cell)).get(0).limit();
  }

  private static Cell cell(
      String activation, int depth, int width, double sigmaW2, double sigmaB2, Inputs inputs) {
    return new Cell(
        new NetworkConfig(
            Activations.parse(activation), depth, width, WeightLaw.NORMAL, sigmaW2, sigmaB2, 1),
        null,
        new Task.Propagation(inputs, List.of(Probe.values())));
  }
}
