package org.phasemap.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Kernels;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Spec.Probe;

/** Gauss–Newton matrices, parameters × parameters, from finite differences of a forward pass. */
class CurvatureTest {
  private static final int WIDTH = 6;
  private static final int DIMENSION = 4;
  private static final int INPUTS = 3;
  private static final double STEP = 1e-5;

  @ParameterizedTest
  @CsvSource({"tanh, 0.3", "gelu, 0", "sin, 0.1"})
  void curvatureIsThatOfTheParameters(String activation, double sigmaB2) {
    Cell cell =
        new Cell(
            new NetworkConfig(
                Activation.parse(activation), 2, WIDTH, WeightLaw.NORMAL, 1.8, sigmaB2, 1),
            null,
            new Task.Propagation(
                new Inputs(INPUTS, DIMENSION, 1.1, 0.3), List.of(Probe.CURVATURE)));
    try (Kernel kernel = Kernels.open(Kernels.fastest())) {
      Unit unit = new Unit(2, 0, Sampler.DENSE, Sharing.COMMON, List.of(cell));
      PropagationResult result = Propagation.measure(kernel, unit).get(0);
      RealMatrix jacobian = jacobian(new Parameters(new ExplicitNetwork(kernel, cell, 2, 0), cell));
      RealMatrix matrix = jacobian.transpose().multiply(jacobian).scalarMultiply(1.0 / INPUTS);
      double largest = new EigenDecomposition(matrix).getRealEigenvalue(0);

      assertThat(result.curvature().lnTrace()).isCloseTo(Math.log(matrix.getTrace()), within(1e-5));
      assertThat(result.curvature().lnLambdaMax()).isCloseTo(Math.log(largest), within(1e-5));
      assertThat(result.ntk()).isEqualTo(KernelSpectrum.ABSENT);
    }
  }

  /** ∂f_a/∂θ_i, inputs × parameters. */
  private static RealMatrix jacobian(Parameters network) {
    RealMatrix jacobian = new Array2DRowRealMatrix(INPUTS, network.values.length);
    for (int i = 0; i < network.values.length; i++) {
      double value = network.values[i];
      for (int a = 0; a < INPUTS; a++) {
        network.values[i] = value + STEP;
        double above = network.output(a);
        network.values[i] = value - STEP;
        jacobian.setEntry(a, i, (above - network.output(a)) / (2 * STEP));
        network.values[i] = value;
      }
    }
    return jacobian;
  }

  /** Weights, and biases where there are any, as one vector: W_1, b_1, W_2, b_2, ω, b. */
  private static final class Parameters {
    final double[] values;
    private final ExplicitNetwork explicit;
    private final Activation activation;
    private final boolean biased;

    Parameters(ExplicitNetwork explicit, Cell cell) {
      this.explicit = explicit;
      NetworkConfig network = cell.network();
      activation = network.activation();
      biased = network.sigmaB2() > 0;
      int biases = biased ? 2 * WIDTH + 1 : 0;
      values = new double[WIDTH * (DIMENSION + WIDTH + 1) + biases];
      int at = 0;
      for (int l = 1; l <= 2; l++) {
        double scale = Math.sqrt(network.sigmaW2() / (l == 1 ? DIMENSION : WIDTH));
        for (double g : explicit.g[l]) {
          values[at++] = scale * g;
        }
        for (int i = 0; biased && i < WIDTH; i++) {
          values[at++] = Math.sqrt(network.sigmaB2()) * explicit.bias[l][i];
        }
      }
      for (double omega : explicit.readout) {
        values[at++] = Math.sqrt(network.sigmaW2() / WIDTH) * omega;
      }
    }

    double output(int a) {
      double[] h = explicit.h[0][a];
      int at = 0;
      for (int l = 1; l <= 2; l++) {
        double[] z = new double[WIDTH];
        for (int j = 0; j < h.length; j++) {
          for (int i = 0; i < WIDTH; i++) {
            z[i] += values[at++] * h[j];
          }
        }
        for (int i = 0; i < WIDTH; i++) {
          z[i] = activation.value(z[i] + (biased ? values[at++] : 0));
        }
        h = z;
      }
      double f = 0;
      for (double x : h) {
        f += values[at++] * x;
      }
      return f + (biased ? values[at] : 0);
    }
  }
}
