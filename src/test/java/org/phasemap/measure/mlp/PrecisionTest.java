package org.phasemap.measure.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.Erf;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.FormatQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.precision.FloatFormat;
import org.phasemap.theory.precision.Int8Quantisation;
import org.phasemap.theory.precision.MagnitudeShare;

class PrecisionTest {
  private static Cell cell(
      String activation, int depth, int width, double sigmaW2, double sigmaB2, Inputs inputs) {
    return new Cell(
        new NetworkConfig(
            Activations.parse(activation), depth, width, WeightLaw.NORMAL, sigmaW2, sigmaB2, 1),
        null,
        new Task.Propagation(inputs, List.of(Probe.PRECISION)));
  }

  private static Measurement measure(Kernel kernel, Sampler sampler, Cell cell) {
    Unit unit = new Unit(5, 3, sampler, Sharing.COMMON, List.of(cell));
    return Propagation.measure(kernel, unit).get(0);
  }

  /** What one format loses of signals or gradients; integers have no subnormals. */
  private record Loss(double subnormal, double flushed, double overflow, double layer) {}

  private static Loss loss(Measurement measured, String name) {
    return new Loss(
        name.startsWith("int8") ? 0 : measured.number(Quantity.of(name + "_subnormal")),
        measured.number(Quantity.of(name + "_flushed")),
        measured.number(Quantity.of(name + "_overflow")),
        measured.number(Quantity.of(name + "_layer")));
  }

  /** Signals that stay, die out, grow and leave float32; both backends. */
  @ParameterizedTest
  @CsvSource({
    "tanh, 1.5, 0.1, 6, openblas",
    "tanh, 0.06, 0, 9, nd4j",
    "relu, 0.1, 0, 20, openblas",
    "linear, 20, 0, 10, openblas",
    "linear, 20, 0.5, 40, openblas",
    "leaky_relu(0.2), 0.001, 0, 26, openblas"
  })
  void everyShareEqualsThatOfAnExplicitNetwork(
      String activation, double sigmaW2, double sigmaB2, int depth, String backend) {
    Cell cell = cell(activation, depth, 13, sigmaW2, sigmaB2, new Inputs(3, 11, 1.3, 0.4));
    try (Kernel kernel =
        Backends.find(backend).filter(Backend::isAvailable).orElseGet(Backends::fastest).open()) {
      Measurement measured = measure(kernel, Sampler.DENSE, cell);
      ExplicitNetwork explicit = new ExplicitNetwork(kernel, cell, 5, 3);

      double largest = 0;
      for (double[] column : explicit.h[1]) {
        for (double x : column) {
          largest = Math.max(largest, Math.abs(x));
        }
      }
      double step = largest / 127;
      assertLoss(
          loss(measured, "int8_signal"), explicit.h, 0, 0.5 * step, -128 * step, 127 * step, 1);
      assertFloat(loss(measured, "fp16_signal"), explicit.h, FloatFormat.FP16, 1);
      assertFloat(loss(measured, "bf16_signal"), explicit.h, FloatFormat.BF16, 1);
      assertFloat(loss(measured, "fp16_gradient"), explicit.delta, FloatFormat.FP16, -1);
      assertFloat(loss(measured, "bf16_gradient"), explicit.delta, FloatFormat.BF16, -1);
    }
  }

  private static void assertFloat(
      Loss measured, double[][][] layers, FloatFormat format, int direction) {
    double top = format.largest();
    double zero = format.largestFlushed();
    assertLoss(measured, layers, format.minNormal(), zero, -top, top, direction);
  }

  private static void assertLoss(
      Loss measured,
      double[][][] layers,
      double normal,
      double zero,
      double low,
      double high,
      int direction) {
    double subnormal = 0;
    double flushed = 0;
    double overflow = 0;
    int first = 0;
    int depth = layers.length - 1;
    for (int i = 1; i <= depth; i++) {
      int l = direction > 0 ? i : depth + 1 - i;
      // Float32 has zeros of its own below its smallest number.
      double below = share(layers[l], x -> Math.abs(x) < normal ? 1 : 0);
      double above = share(layers[l], x -> x < low || x > high * (1 + 1e-6) ? 1 : 0);
      if (first == 0 && Math.max(below, above) > 0.01) {
        first = l;
      }
      subnormal = Math.max(subnormal, below);
      flushed = Math.max(flushed, share(layers[l], x -> Math.abs(x) <= zero ? 1 : 0));
      overflow = Math.max(overflow, above);
    }
    assertThat(measured.subnormal()).isCloseTo(subnormal, within(1e-12));
    assertThat(measured.flushed()).isCloseTo(flushed, within(1e-12));
    assertThat(measured.overflow()).isCloseTo(overflow, within(1e-12));
    assertThat(measured.layer()).isEqualTo(Double.valueOf(first == 0 ? Double.NaN : first));
  }

  /** Of entries that float32 tells from 0. */
  private static double share(double[][] layer, ToDoubleFunction<Double> counted) {
    double sum = 0;
    int all = 0;
    for (double[] column : layer) {
      for (double x : column) {
        if ((float) x != 0) {
          all++;
          sum += counted.applyAsDouble(x);
        }
      }
    }
    return all == 0 ? 0 : sum / all;
  }

  /** One wide linear layer has normal entries: shares within four standard errors. */
  @ParameterizedTest
  @CsvSource({"1e-8", "1e-5", "1e-3", "1", "4e4"})
  void aNormalLayerHasTheoriesShares(double sigma) {
    int n = 200_000;
    Inputs inputs = new Inputs(1, 50, 1, 0);
    try (Kernel kernel = Backends.fastest().open()) {
      Measurement measured =
          measure(kernel, Sampler.WEIGHT_FREE, cell("linear", 1, n, sigma * sigma, 0, inputs));

      assertShare(
          measured.number(FormatQuantity.FP16_SIGNAL_SUBNORMAL),
          FloatFormat.FP16.fractionBelowNormal(sigma),
          n);
      assertShare(
          measured.number(FormatQuantity.FP16_SIGNAL_FLUSHED),
          Erf.erf(FloatFormat.FP16.largestFlushed() / (sigma * Math.sqrt(2))),
          n);
      double tails = Int8Quantisation.saturation(sigma, FloatFormat.FP16.largest() / 127.5);
      assertThat(measured.number(FormatQuantity.FP16_SIGNAL_OVERFLOW))
          .isCloseTo(tails, within(0.01 * tails + 1e-4));
      assertThat(loss(measured, "bf16_signal")).isEqualTo(new Loss(0, 0, 0, Double.NaN));
      assertThat(measured.number(FormatQuantity.INT8_SIGNAL_OVERFLOW)).isZero();
    }
  }

  /**
   * Theory counts what the arithmetic counts: the tails of φ and φ′ to float32's smallest number.
   * GELU's flushed share was .281 of these 0.225, for it counted zeros; a slope of SiLU below −80
   * was that at −80.
   */
  @ParameterizedTest
  @CsvSource({
    "gelu, 25",
    "gelu, 100",
    "silu, 100",
    "silu, 2000",
    "mish, 2000",
    "elu, 2000",
    "selu, 2000",
    "softplus, 2000",
    "sigmoid, 2000",
    "tanh, 1000",
    "sin, 3"
  })
  void tailsOfALayerHaveTheoriesShares(String activation, double q) {
    int n = 100_000;
    Inputs inputs = new Inputs(1, 50, 1, 0);
    MagnitudeShare share = new MagnitudeShare(Activations.parse(activation), q);
    double zero = FloatFormat.FP32.largestFlushed();
    double signals = share.signalBetween(zero, Double.POSITIVE_INFINITY);
    double gradients = share.gradientBetween(zero, Double.POSITIVE_INFINITY, q / n);
    try (Kernel kernel = Backends.fastest().open()) {
      Measurement measured =
          measure(kernel, Sampler.WEIGHT_FREE, cell(activation, 1, n, q, 0, inputs));
      for (FloatFormat format : new FloatFormat[] {FloatFormat.FP16, FloatFormat.BF16}) {
        boolean half = format == FloatFormat.FP16;
        Loss signal = loss(measured, half ? "fp16_signal" : "bf16_signal");
        Loss gradient = loss(measured, half ? "fp16_gradient" : "bf16_gradient");
        double tiny = format.largestFlushed();
        double normal = format.minNormal();
        assertShare(signal.subnormal(), share.signalBetween(zero, normal) / signals, n);
        assertShare(signal.flushed(), share.signalBetween(zero, tiny) / signals, n);
        assertShare(
            gradient.subnormal(), share.gradientBetween(zero, normal, q / n) / gradients, n);
        assertShare(gradient.flushed(), share.gradientBetween(zero, tiny, q / n) / gradients, n);
      }
    }
  }

  private static void assertShare(double measured, double expected, int n) {
    assertThat(measured).isCloseTo(expected, within(4 * Math.sqrt(expected / n) + 1e-12));
  }

  /**
   * The largest of 200,000 normal numbers is 4.2 to 5.5 standard deviations from 0 but once in
   * eighty; a second layer four times as wide saturates as theory says for that step.
   */
  @Test
  void integersSaturateAsTheorySays() {
    int n = 200_000;
    Cell cell = cell("linear", 2, n, 16, 0, new Inputs(1, 50, 1. / 16, 0));
    try (Kernel kernel = Backends.fastest().open()) {
      Measurement measured = measure(kernel, Sampler.WEIGHT_FREE, cell);

      // Layer 1 is N(0, 1), layer 2 N(0, 16).
      double saturated = measured.number(FormatQuantity.INT8_SIGNAL_OVERFLOW);
      double low = Int8Quantisation.saturation(4, 5.5 / 127);
      double high = Int8Quantisation.saturation(4, 4.2 / 127);
      assertThat(saturated).isBetween(low, high);
      assertThat(measured.number(FormatQuantity.INT8_SIGNAL_LAYER)).isEqualTo(2);
    }
  }
}
