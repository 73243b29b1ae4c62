package org.phasemap.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.FormatQuantity;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;

/**
 * Networks without weights have the law of networks with them: every scalar of every probe, over
 * small networks, where an error of order 1/n shows. About 2,200 comparisons of distributions, and
 * as many of means and of variances, raise a false alarm in one run of sixty altogether.
 */
class SamplersAgreeTest {
  private static final int NETWORKS = 600;
  private static final int COMPARISONS = 4000;
  private static final double FALSE_ALARMS = 0.01;
  private static final double LEVEL = FALSE_ALARMS / COMPARISONS;

  /** Added to every number: where the law is a single value, float32 rounding is not compared. */
  private static final double JITTER = 1e-4;

  private static final List<Probe> PROBES =
      Arrays.stream(Probe.values()).filter(probe -> !probe.needsWeights()).toList();

  /** Two-sided quantile of the normal law at {@link #LEVEL}. */
  private static final double SIGMAS = 4.75;

  /**
   * {@code singular} is the ln of a condition number from which the kernel is numerically singular.
   */
  @ParameterizedTest
  @CsvSource({
    "NORMAL, 24, 20, 4, 0.3, 1.9, 11",
    "NORMAL, 4, 3, 3, 0.9, 1.9, 11",
    // Duplicate inputs, and more inputs than units.
    "NORMAL, 13, 9, 3, 1, 1.9, 11",
    "NORMAL, 5, 12, 8, 0.5, 1.9, 11",
    "NORMAL, 64, 64, 2, 0, 1.9, 11",
    "ORTHOGONAL, 16, 16, 3, 0.3, 1.9, 11",
    // The ordered phase, where inputs become parallel and the signal dies out.
    "NORMAL, 32, 20, 4, 0.5, 0.7, 25",
    // Wide and tall first layers; a frame that fills the space.
    "ORTHOGONAL, 9, 21, 4, 0.5, 1.9, 11",
    "ORTHOGONAL, 20, 8, 2, 0.9, 1.9, 11",
    "ORTHOGONAL, 4, 6, 4, 0.2, 1.9, 11",
    "ORTHOGONAL, 5, 5, 3, 1, 1.9, 11",
  })
  void everyScalarHasTheLawOfExplicitWeights(
      WeightLaw law,
      int width,
      int dimension,
      int count,
      double c0,
      double sigmaW2,
      double singular) {
    List<Cell> cells = new ArrayList<>();
    Task task = new Task.Propagation(new Inputs(count, dimension, 1.2, c0), PROBES);
    for (String activation : List.of("tanh", "relu", "gelu")) {
      for (double sigmaB2 : new double[] {0, 0.1}) {
        for (int depth : new int[] {1, 3, 12}) {
          cells.add(
              new Cell(
                  new NetworkConfig(
                      Activations.parse(activation), depth, width, law, sigmaW2, sigmaB2, 1),
                  null,
                  task));
        }
      }
    }
    Map<String, double[]> dense = scalars(cells, Sampler.DENSE, 0, singular);
    Map<String, double[]> free = scalars(cells, Sampler.WEIGHT_FREE, NETWORKS, singular);
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    for (Map.Entry<String, double[]> entry : dense.entrySet()) {
      double[] x = finite(entry.getValue());
      double[] y = finite(Objects.requireNonNull(free.get(entry.getKey())));
      if (x.length < NETWORKS / 2) {
        // Where a kernel is singular, both say so about equally often.
        assertThat(Math.abs(x.length - y.length))
            .as(entry.getKey())
            .isLessThan((int) (SIGMAS * Math.sqrt(NETWORKS)));
        continue;
      }
      assertThat(test.kolmogorovSmirnovTest(x, y)).as(entry.getKey()).isGreaterThan(LEVEL);
      assertSameMean("mean of " + entry.getKey(), x, y);
      double median = StatUtils.percentile(x, 50);
      assertSameMean("spread of " + entry.getKey(), distances(x, median), distances(y, median));
    }
  }

  private static void assertSameMean(String name, double[] x, double[] y) {
    double error = Math.sqrt(StatUtils.variance(x) / x.length + StatUtils.variance(y) / y.length);
    assertThat(Math.abs(StatUtils.mean(x) - StatUtils.mean(y)))
        .as(name)
        .isLessThanOrEqualTo(SIGMAS * error);
  }

  /** The mean distance from the median: a measure of spread that heavy tails leave alone. */
  private static double[] distances(double[] x, double median) {
    return Arrays.stream(x).map(v -> Math.abs(v - median)).toArray();
  }

  private static double[] finite(double[] x) {
    Random jitter = new Random(x.length);
    return Arrays.stream(x)
        .filter(Double::isFinite)
        .map(v -> v + JITTER * jitter.nextGaussian())
        .toArray();
  }

  private static Map<String, double[]> scalars(
      List<Cell> cells, Sampler sampler, int first, double singular) {
    Map<String, double[]> all = new TreeMap<>();
    try (Kernel kernel = Backends.fastest().open()) {
      for (int r = 0; r < NETWORKS; r++) {
        Unit unit = new Unit(11, first + r, sampler, Sharing.COMMON, cells);
        List<Measurement> results = Propagation.measure(kernel, unit);
        for (int i = 0; i < results.size(); i++) {
          NetworkConfig network = cells.get(i).network();
          String cell =
              "%s depth %d sigma_b2 %s: "
                  .formatted(network.activation(), network.depth(), network.sigmaB2());
          int replicate = r;
          scalarsOf(network.depth(), results.get(i), singular)
              .forEach(
                  (name, value) ->
                      all.computeIfAbsent(cell + name, k -> new double[NETWORKS])[replicate] =
                          value);
        }
      }
    }
    return all;
  }

  /** NaN where float32 does not resolve the smallest eigenvalue. */
  private static double resolved(double lnCondition, double singular) {
    return lnCondition < singular ? lnCondition : Double.NaN;
  }

  private static Map<String, Double> scalarsOf(int depth, Measurement result, double singular) {
    return Map.ofEntries(
        Map.entry("ln q", result.number(SignalQuantity.LN_Q)),
        Map.entry("c", result.number(SignalQuantity.C)),
        Map.entry("mean", result.number(SignalQuantity.MEAN)),
        Map.entry("saturated", result.number(SignalQuantity.SATURATED_SHARE)),
        Map.entry("ln gain", result.number(SignalQuantity.LN_GRADIENT_GAIN)),
        Map.entry("ln gradient", result.profile(Profile.LN_GRADIENT)[depth / 2]),
        Map.entry("ln scale", result.number(KernelQuantity.LN_NTK_SCALE)),
        Map.entry("off", result.number(KernelQuantity.NTK_OFF_RATIO)),
        Map.entry("ln max", result.number(KernelQuantity.LN_NTK_LAMBDA_MAX)),
        Map.entry(
            "ln condition", resolved(result.number(KernelQuantity.LN_NTK_CONDITION), singular)),
        Map.entry("ln standard scale", result.number(KernelQuantity.LN_NTK_STANDARD_SCALE)),
        Map.entry("ln norm ratio", result.number(SignalQuantity.LN_NORM_RATIO)),
        Map.entry("ln weight ratio", result.number(SignalQuantity.LN_WEIGHT_GRADIENT_RATIO)),
        Map.entry("effective rank", result.number(KernelQuantity.NTK_EFFECTIVE_RANK)),
        Map.entry("ln sgd step", result.profile(Profile.LN_SGD_STEP)[depth / 2]),
        Map.entry("int8 flushed", result.number(FormatQuantity.INT8_SIGNAL_FLUSHED)),
        Map.entry("int8 overflow", result.number(FormatQuantity.INT8_SIGNAL_OVERFLOW)),
        Map.entry("ln jacobian", result.number(JacobianQuantity.LN_JACOBIAN_MEAN)),
        Map.entry(
            "jacobian variance",
            Math.log1p(result.number(JacobianQuantity.JACOBIAN_RELATIVE_VARIANCE))),
        Map.entry(
            "scale times gain",
            result.number(KernelQuantity.LN_NTK_SCALE)
                + result.number(SignalQuantity.LN_GRADIENT_GAIN)));
  }
}
