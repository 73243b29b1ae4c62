package org.phasemap.measure.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.input.InputColumns;
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
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.width.LogNormLaw;

/**
 * Laws that are exact at every width, measured: means, variances and second moments within four of
 * the measurement's own standard errors.
 */
class ExactLawsTest {
  private static final long SEED = 21;

  private static Cell cell(String activation, int depth, int width, double sigmaW2, double keep) {
    NetworkConfig network =
        new NetworkConfig(
            Activations.parse(activation), depth, width, WeightLaw.NORMAL, sigmaW2, 0, keep);
    // Norms of one input: nothing is averaged.
    Inputs inputs = new Inputs(1, Math.min(width, 64), 1, 0);
    return new Cell(
        network,
        null,
        new Task.Propagation(inputs, List.of(Probe.SIGNAL, Probe.GRADIENT, Probe.NTK)));
  }

  private static double[] measure(
      Cell cell, Sampler sampler, int networks, ToDoubleFunction<Measurement> quantity) {
    double[] values = new double[networks];
    try (Kernel kernel = Backends.fastest().open()) {
      for (int r = 0; r < networks; r++) {
        Unit unit = new Unit(SEED, r, sampler, Sharing.INDEPENDENT, List.of(cell));
        values[r] = quantity.applyAsDouble(Propagation.measure(kernel, unit).get(0));
      }
    }
    return values;
  }

  private static void assertMean(double[] values, double expected, String name) {
    double error = Math.sqrt(StatUtils.variance(values) / values.length);
    assertThat(StatUtils.mean(values)).as(name).isCloseTo(expected, within(4 * error));
  }

  private static void assertMeanAndVariance(double[] values, double mean, double variance) {
    assertMean(values, mean, "mean");
    double[] squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).toArray();
    assertMean(squares, variance, "variance");
  }

  /** ln q_L is L − 1 factors of the law and a last χ²_n/n, ln of the gradients' gain L − 1. */
  @ParameterizedTest
  @EnumSource(Sampler.class)
  void normsOfReluNetworksHaveTheirExactLaw(Sampler sampler) {
    LogNormLaw law = LogNormLaw.relu(30);
    Cell cell = cell("relu", 20, 30, 2, 1);
    double last = Gamma.digamma(15) - Math.log(15);
    assertMeanAndVariance(
        measure(cell, sampler, 1500, r -> Math.log(Math.exp(r.number(SignalQuantity.LN_Q)) / 2)),
        law.mean(19) + last,
        law.variance(19) + Gamma.trigamma(15));
    assertMeanAndVariance(
        measure(cell, sampler, 1500, r -> r.number(SignalQuantity.LN_GRADIENT_GAIN)),
        law.mean(19),
        law.variance(19));
  }

  /** A linear layer multiplies the squared norm by χ²_n/n: no theory of ours is asked. */
  @ParameterizedTest
  @EnumSource(Sampler.class)
  void normsOfLinearNetworksAreProductsOfChiSquares(Sampler sampler) {
    Cell cell = cell("linear", 12, 24, 1, 1);
    double mean = Gamma.digamma(12) - Math.log(12);
    double variance = Gamma.trigamma(12);
    assertMeanAndVariance(
        measure(cell, sampler, 1500, r -> r.number(SignalQuantity.LN_Q)), 12 * mean, 12 * variance);
    assertMeanAndVariance(
        measure(cell, sampler, 1500, r -> r.number(SignalQuantity.LN_GRADIENT_GAIN)),
        11 * mean,
        11 * variance);
  }

  /**
   * Rows ntk_ratio_mc_n64_d8 and ntk_ratio_mc_n100_d20 of the reference table, with their own
   * errors: d weight matrices, the read-out's among them. The mean is exact: d equal blocks of σ_w²
   * each.
   */
  @ParameterizedTest
  @CsvSource({
    "DENSE, 64, 8, 1.4674, 0.0026",
    "WEIGHT_FREE, 64, 8, 1.4674, 0.0026",
    "DENSE, 100, 20, 2.00, 0.02",
    "WEIGHT_FREE, 100, 20, 2.00, 0.02",
  })
  void secondMomentOfTheTangentKernelIsThatOfTheReference(
      Sampler sampler, int width, int matrices, double expected, double error) {
    Cell cell = cell("relu", matrices - 1, width, 2, 1);
    double[] kernel =
        measure(
            cell,
            sampler,
            2000,
            r -> Math.exp(r.number(KernelQuantity.LN_NTK_SCALE)) / (2.0 * matrices));
    assertMean(kernel, 1, "mean");
    double[] squares = Arrays.stream(kernel).map(k -> k * k).toArray();
    double own = Math.sqrt(StatUtils.variance(squares) / squares.length);
    assertThat(StatUtils.mean(squares)).isCloseTo(expected, within(4 * Math.hypot(own, error)));
  }

  /**
   * Kept weights of variance 1/(p n₀): Var q₁ = (2 + (3/p − 3) κ)/n with κ = Σ x⁴/(Σ x²)² of the
   * input, as in the masked terms of the finite-width law.
   */
  @Test
  void masksAddTheFourthMomentOfTheSignalToItsVariance() {
    double p = 0.2;
    int width = 16;
    Cell cell = cell("linear", 1, width, 1 / p, p);
    double fourth = 0;
    double square = 0;
    try (Kernel kernel = Backends.fastest().open();
        Matrix x = InputColumns.draw(kernel, ((Task.Propagation) cell.task()).inputs(), SEED)) {
      for (float value : x.read()) {
        square += (double) value * value;
        fourth += (double) value * value * value * value;
      }
    }
    double kappa = fourth / (square * square);
    assertMeanAndVariance(
        measure(cell, Sampler.DENSE, 4000, r -> Math.exp(r.number(SignalQuantity.LN_Q))),
        1,
        (2 + (3 / p - 3) * kappa) / width);
  }
}
