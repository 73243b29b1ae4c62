package org.phasemap.measure.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.measure.mlp.Propagation;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Quantity;

/**
 * Networks that a device measures without weights have the law of networks with explicit weights,
 * of other seeds: every number of every probe, by the test of Kolmogorov and Smirnov.
 */
class DeviceLawsTest {
  private static final int NETWORKS = 200;

  /** Some 60 comparisons raise a false alarm in one run of a hundred. */
  private static final double LEVEL = 0.01 / 60;

  private EmulatedCuda emulated;

  @BeforeEach
  void install() {
    emulated = EmulatedCuda.install();
    emulated.set(EmulatedCuda.Setting.THREADS, "2");
  }

  @AfterEach
  void reset() {
    emulated.reset();
  }

  @Test
  void gaussianWeightsHaveTheLawOfThoseThatTheDeviceDraws() {
    var free = onDevice(units("init: he_normal", "weight_free", 1));
    assertThat(levels(free, onDevice(units("init: he_normal", "dense", 2))).values())
        .hasSizeGreaterThan(20)
        .allMatch(level -> level > LEVEL);
  }

  /** Explicit ones are drawn on the CPU. Networks of Gaussian weights do not pass for them. */
  @Test
  void orthogonalWeightsHaveTheLawOfExplicitOnes() {
    var free = onDevice(units("init: orthogonal", "weight_free", 3));
    assertThat(levels(free, onCpu(units("init: orthogonal", "dense", 4))).values())
        .hasSizeGreaterThan(20)
        .allMatch(level -> level > LEVEL);
    Map<String, Double> others =
        levels(free, onDevice(units("init: he_normal\nsigma_multiplier: 0.7071", "dense", 5)));
    assertThat(others.values()).anyMatch(level -> level < LEVEL);
  }

  private static List<Unit> units(String law, String sampler, int seed) {
    String network = "activation: tanh\nwidth: 6\ndepth: 2\nsigma_b2: 0.1\n" + law;
    String rest =
        """
        sampler: %s
        seed: %d
        replicates: %d
        inputs: {count: 2, dimension: 9, c0: 0.3}
        probes: [signal, gradient, ntk, curvature, optimiser, jacobian]
        """;
    return DevicePropagationTest.units(network, rest.formatted(sampler, seed, NETWORKS));
  }

  private static List<Measurement> onDevice(List<Unit> units) {
    return DevicePropagationTest.onDevice(units).stream().flatMap(List::stream).toList();
  }

  private static List<Measurement> onCpu(List<Unit> units) {
    try (Kernel kernel = new OpenBlas().open()) {
      return units.stream().flatMap(u -> Propagation.measure(kernel, u).stream()).toList();
    }
  }

  /** How likely such samples are, of one law, for each quantity. */
  private static Map<String, Double> levels(List<Measurement> one, List<Measurement> other) {
    assertThat(one).hasSize(NETWORKS);
    assertThat(other).hasSize(NETWORKS);
    Map<String, Double> levels = new TreeMap<>();
    for (Quantity quantity : Quantity.all()) {
      double[] x = finite(one, quantity);
      double[] y = finite(other, quantity);
      // Shares of 21 units' entries are few values: the test is of continuous laws.
      if (x.length == NETWORKS && Arrays.stream(x).distinct().count() > NETWORKS / 2) {
        assertThat(y).as(quantity.column()).hasSize(NETWORKS);
        levels.put(quantity.column(), new KolmogorovSmirnovTest().kolmogorovSmirnovTest(x, y));
      }
    }
    return levels;
  }

  private static double[] finite(List<Measurement> all, Quantity quantity) {
    return all.stream()
        .mapToDouble(each -> each.number(quantity))
        .filter(Double::isFinite)
        .toArray();
  }
}
