package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
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
import org.phasemap.theory.limit.InputKernels;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.NeuralTangentKernel;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;

/** Inputs of one norm and one correlation are a special case of any inputs. */
class PairTheoryTest {
  @ParameterizedTest
  @CsvSource({"tanh, 1.8, 0.1", "relu, 2, 0", "selu, 1.1, 0.05", "gelu, 2.2, 0"})
  void equalPairsAreASpecialCase(String activation, double sigmaW2, double sigmaB2) {
    LayerLaw law = new LayerLaw(Activations.parse(activation), sigmaW2, sigmaB2);
    double[][] gram = new double[4][4];
    for (int a = 0; a < 4; a++) {
      Arrays.fill(gram[a], 0.9 * 0.3);
      gram[a][a] = 0.9;
    }
    Trajectory t = SignalMaps.propagate(law, 0.9, 0.3, 6);
    double[] square = {0.9, 0, 0, 0, 0, 0};
    double[] product = {0.27, 0, 0, 0, 0, 0};
    for (int l = 1; l < 6; l++) {
      square[l] = t.secondMomentPhi()[l - 1];
      product[l] = NeuralTangentKernel.productPhi(law, t, l);
    }
    PairTheory equal =
        new EqualPairs(
            4,
            t,
            NeuralTangentKernel.ntkParameterisation(law, t, 0.9, 0.3),
            NeuralTangentKernel.standardParameterisation(law, t, 0.9, 0.3, 50, 30),
            square,
            product);
    PairTheory any = new GramPairs(InputKernels.of(law, gram, 50, 30), gram, Set.of(1, 3, 6));

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
    NetworkConfig network =
        new NetworkConfig(Activations.parse("silu"), 5, 40, WeightLaw.NORMAL, 1.9, 0.2, 1);
    Cell cell = new Cell(network, null, new Task.Propagation(inputs, List.of(Probe.values())));
    return MlpPredictor.predictions(List.of(cell)).get(0).limit();
  }
}
