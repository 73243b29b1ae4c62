package org.phasemap.measure.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.Inputs;

/** Gauss–Newton matrices, parameters × parameters, from finite differences of a forward pass. */
class CurvatureTest {
  private static final int WIDTH = 6;
  private static final int DIMENSION = 4;
  private static final int INPUTS = 3;
  private static final double STEP = 1e-5;

  @ParameterizedTest
  @CsvSource({"tanh, 0.3, 1", "gelu, 0, 1", "sin, 0.1, 1", "tanh, 0.3, 4", "relu, 0, 3"})
  void curvatureIsThatOfTheParameters(String activation, double sigmaB2, int outputs) {
    Cell cell =
        new Cell(
            new NetworkConfig(
                Activations.parse(activation), 2, WIDTH, WeightLaw.NORMAL, 1.8, sigmaB2, 1),
            null,
            new Task.Propagation(
                new Inputs(INPUTS, DIMENSION, 1.1, 0.3),
                List.of(Probe.NTK, Probe.CURVATURE),
                outputs));
    try (Kernel kernel = Backends.fastest().open()) {
      Unit unit = new Unit(2, 0, Sampler.DENSE, Sharing.COMMON, List.of(cell));
      Measurement result = Propagation.measure(kernel, unit).get(0);
      Parameters network =
          new Parameters(kernel, new ExplicitNetwork(kernel, cell, 2, 0), cell, outputs);
      RealMatrix squared = gaussNewton(network, outputs, (p, i, j) -> i == j ? 1 : 0);
      assertCurvature(result, "ln_curvature_", squared);
      if (outputs > 1) {
        assertCurvature(
            result,
            "ln_cross_entropy_",
            gaussNewton(network, outputs, (p, i, j) -> (i == j ? p[i] : 0) - p[i] * p[j]));
        // Scale and rank of the kernel: its parameters count σ² for each that standard ones count.
        double[] weights = network.squaredScales();
        RealMatrix jacobian = jacobian(network, outputs);
        double[] theta = new double[(int) Math.pow(outputs * INPUTS, 2)];
        for (int r = 0; r < outputs * INPUTS; r++) {
          for (int c = 0; c < outputs * INPUTS; c++) {
            for (int i = 0; i < weights.length; i++) {
              theta[r * outputs * INPUTS + c] +=
                  weights[i] * jacobian.getEntry(r, i) * jacobian.getEntry(c, i);
            }
          }
        }
        KernelSpectrum explicit = KernelSpectrum.of(theta, outputs * INPUTS);
        assertThat(result.number(KernelQuantity.LN_NTK_OUTPUTS_SCALE))
            .isCloseTo(explicit.lnScale(), within(1e-5));
        assertThat(result.number(KernelQuantity.LN_NTK_OUTPUTS_LAMBDA_MAX))
            .isCloseTo(explicit.lnLambdaMax(), within(1e-5));
        assertThat(result.number(KernelQuantity.LN_NTK_OUTPUTS_LAMBDA_MIN))
            .isCloseTo(explicit.lnLambdaMin(), within(1e-3));
        assertThat(result.number(KernelQuantity.NTK_OUTPUTS_EFFECTIVE_RANK))
            .isCloseTo(explicit.effectiveRank(), within(1e-4));
      } else {
        assertThat(result.number(KernelQuantity.LN_CROSS_ENTROPY_TRACE)).isNaN();
        assertThat(result.number(KernelQuantity.LN_NTK_OUTPUTS_SCALE)).isNaN();
      }
    }
  }

  private static void assertCurvature(Measurement measured, String name, RealMatrix matrix) {
    double largest = new EigenDecomposition(matrix).getRealEigenvalue(0);
    assertThat(measured.number(Quantity.of(name + "trace")))
        .isCloseTo(Math.log(matrix.getTrace()), within(1e-5));
    assertThat(measured.number(Quantity.of(name + "lambda_max")))
        .isCloseTo(Math.log(largest), within(1e-5));
  }

  /** An entry of the loss's second derivative by the outputs. */
  private interface SecondDerivative {
    double at(double[] probabilities, int i, int j);
  }

  /** Σ_a J_aᵀ H_a J_a/m, parameters × parameters. */
  private static RealMatrix gaussNewton(Parameters network, int outputs, SecondDerivative h) {
    RealMatrix jacobian = jacobian(network, outputs);
    RealMatrix second = new Array2DRowRealMatrix(outputs * INPUTS, outputs * INPUTS);
    for (int a = 0; a < INPUTS; a++) {
      double[] p = new double[outputs];
      double sum = 0;
      for (int i = 0; i < outputs; i++) {
        p[i] = Math.exp(network.output(a, i));
        sum += p[i];
      }
      for (int i = 0; i < outputs; i++) {
        p[i] /= sum;
      }
      for (int i = 0; i < outputs; i++) {
        for (int j = 0; j < outputs; j++) {
          second.setEntry(i * INPUTS + a, j * INPUTS + a, h.at(p, i, j) / INPUTS);
        }
      }
    }
    return jacobian.transpose().multiply(second).multiply(jacobian);
  }

  /** ∂f_i(x_a)/∂θ, row i m + a. */
  private static RealMatrix jacobian(Parameters network, int outputs) {
    RealMatrix jacobian = new Array2DRowRealMatrix(outputs * INPUTS, network.values.length);
    for (int t = 0; t < network.values.length; t++) {
      double value = network.values[t];
      for (int r = 0; r < outputs * INPUTS; r++) {
        network.values[t] = value + STEP;
        double above = network.output(r % INPUTS, r / INPUTS);
        network.values[t] = value - STEP;
        double below = network.output(r % INPUTS, r / INPUTS);
        jacobian.setEntry(r, t, (above - below) / (2 * STEP));
        network.values[t] = value;
      }
    }
    return jacobian;
  }

  /** Weights, and biases where there are any, as one vector: W_1, b_1, W_2, b_2, (ω, b) of each. */
  private static final class Parameters {
    final double[] values;
    private final ExplicitNetwork explicit;
    private final NetworkConfig network;
    private final boolean biased;
    private final int hidden;

    Parameters(Kernel kernel, ExplicitNetwork explicit, Cell cell, int outputs) {
      this.explicit = explicit;
      network = cell.network();
      biased = network.sigmaB2() > 0;
      hidden = WIDTH * (DIMENSION + WIDTH + (biased ? 2 : 0));
      values = new double[hidden + outputs * (WIDTH + (biased ? 1 : 0))];
      int at = 0;
      for (int l = 1; l <= 2; l++) {
        for (double g : explicit.g[l]) {
          values[at++] = Math.sqrt(network.sigmaW2() / (l == 1 ? DIMENSION : WIDTH)) * g;
        }
        for (int i = 0; biased && i < WIDTH; i++) {
          values[at++] = Math.sqrt(network.sigmaB2()) * explicit.bias[l][i];
        }
      }
      try (Matrix readouts = kernel.matrix(WIDTH, outputs);
          Matrix bias = kernel.matrix(outputs, 1)) {
        kernel.fillGaussian(readouts, new Stream(2, 0, 0, Purpose.READOUT));
        kernel.fillGaussian(bias, new Stream(2, 0, 0, Purpose.READOUT_BIAS));
        for (int o = 0; o < outputs; o++) {
          for (int i = 0; i < WIDTH; i++) {
            values[at++] = Math.sqrt(network.sigmaW2() / WIDTH) * readouts.read()[o * WIDTH + i];
          }
          if (biased) {
            values[at++] = Math.sqrt(network.sigmaB2()) * bias.read()[o];
          }
        }
      }
    }

    /** Variances of the parameters. */
    double[] squaredScales() {
      double[] scales = new double[values.length];
      Arrays.fill(scales, network.sigmaW2() / WIDTH);
      Arrays.fill(scales, 0, WIDTH * DIMENSION, network.sigmaW2() / DIMENSION);
      if (biased) {
        int second = WIDTH * (DIMENSION + 1);
        Arrays.fill(scales, WIDTH * DIMENSION, second, network.sigmaB2());
        Arrays.fill(scales, second + WIDTH * WIDTH, hidden, network.sigmaB2());
        for (int at = hidden + WIDTH; at < scales.length; at += WIDTH + 1) {
          scales[at] = network.sigmaB2();
        }
      }
      return scales;
    }

    double output(int a, int o) {
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
          z[i] = network.activation().value(z[i] + (biased ? values[at++] : 0));
        }
        h = z;
      }
      at += o * (WIDTH + (biased ? 1 : 0));
      double f = 0;
      for (double x : h) {
        f += values[at++] * x;
      }
      return f + (biased ? values[at] : 0);
    }
  }
}
