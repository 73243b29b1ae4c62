package org.phasemap.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.DerivativeQuantity;
import org.phasemap.quantity.FormatQuantity;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;

/** The law of every scalar of every probe that needs no weights, with weights and without. */
public final class SamplersCompared {
  public static final List<Probe> PROBES =
      Arrays.stream(Probe.values()).filter(probe -> !probe.needsWeights()).toList();

  private static final double FALSE_ALARMS = 0.01;

  /** Added to every number: where the law is a single value, float32 rounding is not compared. */
  private static final double JITTER = 1e-4;

  private final int networks;
  private final double singular;

  /** Of one comparison. */
  private final double level;

  /** Two-sided quantile of the normal law at the level. */
  private final double sigmas;

  /**
   * @param networks of each cell and sampler
   * @param comparisons that share one hundredth of false alarms
   * @param singular ln of a condition number from which a kernel is numerically singular
   */
  public SamplersCompared(int networks, int comparisons, double singular) {
    this.networks = networks;
    this.singular = singular;
    level = FALSE_ALARMS / comparisons;
    sigmas = -new NormalDistribution().inverseCumulativeProbability(level / 2);
  }

  /** Compares networks of the same numbers 0, 1, … and others. */
  public void assertSameLaws(List<Cell> cells) {
    Map<String, double[]> dense = scalars(cells, Sampler.DENSE, 0);
    Map<String, double[]> free = scalars(cells, Sampler.WEIGHT_FREE, networks);
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    for (Map.Entry<String, double[]> entry : dense.entrySet()) {
      double[] x = finite(entry.getValue());
      double[] y = finite(Objects.requireNonNull(free.get(entry.getKey())));
      if (x.length < networks / 2) {
        // Where a kernel is singular, both say so about equally often.
        assertThat(Math.abs(x.length - y.length))
            .as(entry.getKey())
            .isLessThan((int) (sigmas * Math.sqrt(networks)));
        continue;
      }
      assertThat(test.kolmogorovSmirnovTest(x, y)).as(entry.getKey()).isGreaterThan(level);
      assertSameMean("mean of " + entry.getKey(), x, y);
      double median = StatUtils.percentile(x, 50);
      assertSameMean("spread of " + entry.getKey(), distances(x, median), distances(y, median));
    }
  }

  private void assertSameMean(String name, double[] x, double[] y) {
    double error = Math.sqrt(StatUtils.variance(x) / x.length + StatUtils.variance(y) / y.length);
    assertThat(Math.abs(StatUtils.mean(x) - StatUtils.mean(y)))
        .as(name)
        .isLessThanOrEqualTo(sigmas * error);
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

  private Map<String, double[]> scalars(List<Cell> cells, Sampler sampler, int first) {
    Map<String, double[]> all = new TreeMap<>();
    try (Kernel kernel = Backends.fastest().open()) {
      for (int r = 0; r < networks; r++) {
        Unit unit = new Unit(11, first + r, sampler, Sharing.COMMON, cells);
        List<Measurement> results = Probers.of(unit.architecture()).measure(kernel, unit);
        for (int i = 0; i < results.size(); i++) {
          NetworkConfig network = cells.get(i).network();
          String cell =
              "%s depth %d sigma_b2 %s: "
                  .formatted(network.activation(), network.depth(), network.sigmaB2());
          int replicate = r;
          scalarsOf(network.depth(), results.get(i))
              .forEach(
                  (name, value) ->
                      all.computeIfAbsent(cell + name, k -> new double[networks])[replicate] =
                          value);
        }
      }
    }
    return all;
  }

  /** NaN where float32 does not resolve the smallest eigenvalue. */
  private double resolved(double lnCondition) {
    return lnCondition < singular ? lnCondition : Double.NaN;
  }

  private Map<String, Double> scalarsOf(int depth, Measurement result) {
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
        Map.entry("ln condition", resolved(result.number(KernelQuantity.LN_NTK_CONDITION))),
        Map.entry("ln standard scale", result.number(KernelQuantity.LN_NTK_STANDARD_SCALE)),
        Map.entry("ln norm ratio", result.number(SignalQuantity.LN_NORM_RATIO)),
        Map.entry("ln weight ratio", result.number(SignalQuantity.LN_WEIGHT_GRADIENT_RATIO)),
        Map.entry("effective rank", result.number(KernelQuantity.NTK_EFFECTIVE_RANK)),
        Map.entry("ln sgd step", result.profile(Profile.LN_SGD_STEP)[depth / 2]),
        Map.entry("int8 flushed", result.number(FormatQuantity.INT8_SIGNAL_FLUSHED)),
        Map.entry("int8 overflow", result.number(FormatQuantity.INT8_SIGNAL_OVERFLOW)),
        Map.entry("ln d2u", result.number(DerivativeQuantity.LN_D2U)),
        Map.entry("ln residual ntk", result.number(DerivativeQuantity.LN_RESIDUAL_NTK)),
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
