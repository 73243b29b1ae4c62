package org.phasemap.measure.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.cuda.EmulatedCuda.Setting;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.measure.mlp.Propagation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.quantity.FormatQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.file.SpecReader;

/** The kernels' very source, on the emulated device, beside the CPU's propagation. */
class DevicePropagationTest {
  /**
   * Both round columns to float32 and sum products in their own order. That is 1e-5 of a logarithm,
   * and some times as much where columns are nearly parallel, as those of softplus are.
   */
  private static final double CLOSE = 1e-4;

  /** Gradients that cancel are rounding, and may stand on either side of a format's bound. */
  private static final int COUNTED_OTHERWISE = 2;

  private EmulatedCuda emulated;

  @BeforeEach
  void install() {
    emulated = EmulatedCuda.install();
    emulated.set(Setting.THREADS, "2");
  }

  @AfterEach
  void reset() {
    emulated.reset();
  }

  static List<Unit> units(String network, String rest) {
    String yaml =
        """
        name: device
        backend: cuda
        network:
        %s
        %s
        """
            .formatted(network.indent(2), rest);
    return Schedule.most(Plan.of(SpecReader.parse(yaml, "device.yaml")));
  }

  static List<List<Measurement>> onDevice(List<Unit> units) {
    assertThat(units).allMatch(DevicePropagation::takes);
    try (CudaDevice device = CudaDevice.open();
        Kernel kernel = new OpenBlas().open()) {
      return DevicePropagation.measure(device, kernel, units);
    }
  }

  static void assertAgrees(List<Unit> units, double close) {
    List<List<Measurement>> found = onDevice(units);
    List<String> apart = new ArrayList<>();
    try (Kernel kernel = new OpenBlas().open()) {
      for (int u = 0; u < units.size(); u++) {
        List<Measurement> expected = Propagation.measure(kernel, units.get(u));
        for (int i = 0; i < expected.size(); i++) {
          NetworkConfig network = units.get(u).cells().get(i).network();
          double entries =
              (double) network.width() * ((Task.Propagation) units.get(u).task()).inputs().count();
          compare(network.toString(), entries, expected.get(i), found.get(u).get(i), close, apart);
        }
      }
    }
    assertThat(apart).isEmpty();
  }

  static void compare(
      String cell,
      double entries,
      Measurement expected,
      Measurement found,
      double close,
      List<String> apart) {
    if (expected.category() != found.category()) {
      apart.add("%s: %s, %s".formatted(cell, expected.category(), found.category()));
    }
    for (Quantity quantity : Quantity.all()) {
      boolean counted = quantity instanceof FormatQuantity;
      if (!counted || !quantity.column().endsWith("_layer")) {
        compare(
            cell + " " + quantity.column(),
            expected.number(quantity),
            found.number(quantity),
            counted ? COUNTED_OTHERWISE / entries : close,
            apart);
      }
    }
    for (Profile profile : Profile.values()) {
      double[] one = expected.profile(profile);
      double[] other = found.profile(profile);
      if (one.length != other.length) {
        apart.add("%s %s: %d, %d layers".formatted(cell, profile, one.length, other.length));
        continue;
      }
      for (int l = 0; l < one.length; l++) {
        compare(cell + " " + profile + " " + (l + 1), one[l], other[l], close, apart);
      }
    }
  }

  private static void compare(
      String what, double expected, double found, double close, List<String> apart) {
    boolean same =
        Double.compare(expected, found) == 0
            || Math.abs(found - expected) <= close * Math.max(1, Math.abs(expected));
    if (!same) {
      apart.add(String.format(Locale.ROOT, "%s: %.9g, %.9g", what, expected, found));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tanh, 64, 16",
    "tanh, 300, 13",
    "relu, 64, 7",
    "gelu, 50, 12",
    "silu, 40, 3",
    "erf, 33, 1",
    "abs, 32, 5",
    "elu, 24, 8",
    "selu, 24, 9",
    "softplus, 24, 6",
    "sigmoid, 24, 5",
    "sin, 24, 5",
    "hard_tanh, 24, 5",
    "softsign, 24, 5",
    "arctan, 24, 5",
    "mish, 24, 5",
    "leaky_relu, 24, 5",
    "linear, 24, 5"
  })
  void agreesWithTheCpu(String activation, int width, int inputs) {
    assertAgrees(
        units(
            """
            activation: %s
            width: %d
            depth: [2, 5]
            sigma_w2: [1.2, 2.0]
            sigma_b2: [0.05, 0]
            """
                .formatted(activation, width),
            """
            inputs: {count: %d, dimension: 20, c0: 0.3}
            replicates: 2
            probes: [signal, gradient, ntk, ntk_layers, optimiser, curvature, precision]
            """
                .formatted(inputs)),
        CLOSE);
  }

  @Test
  void tangentsAgreeWithTheCpu() {
    assertAgrees(
        units(
            """
            activation: [tanh, relu]
            width: 70
            depth: [1, 6]
            sigma_w2: [1.5]
            sigma_b2: 0.05
            """,
            """
            inputs: {count: 5, dimension: 12}
            replicates: 2
            probes: [signal, gradient, ntk, jacobian]
            """),
        CLOSE);
  }

  /**
   * Layer 1 shows part of a frame of more rows than it has, or all of one; fewer units than columns
   * leave nothing outside the frame.
   */
  @ParameterizedTest
  @CsvSource({"tanh, 24, 5, 150", "relu, 140, 7, 12", "gelu, 9, 12, 30", "erf, 70, 3, 70"})
  void orthogonalWeightsAgreeWithTheCpu(String activation, int width, int inputs, int dimension) {
    assertAgrees(
        units(
            """
            activation: %s
            width: %d
            depth: [1, 4]
            init: orthogonal
            sigma_multiplier: [0.8, 1.2]
            sigma_b2: [0.05, 0]
            """
                .formatted(activation, width),
            """
            inputs: {count: %d, dimension: %d, c0: 0.3}
            replicates: 2
            probes: [signal, gradient, ntk, ntk_layers, optimiser, precision, jacobian]
            """
                .formatted(inputs, dimension)),
        CLOSE);
  }

  /** A lane has two columns, and matrices stand outside of shared memory. */
  @ParameterizedTest
  @CsvSource({
    "tanh, 40, 33, he_normal, '[signal, gradient, ntk, optimiser]'",
    "relu, 70, 64, he_normal, '[signal, gradient, ntk]'",
    "gelu, 50, 20, orthogonal, '[signal, gradient, ntk, jacobian, precision]'",
  })
  void manyColumnsAgreeWithTheCpu(
      String activation, int width, int inputs, String init, String probes) {
    assertAgrees(
        units(
            """
            activation: %s
            width: %d
            depth: [1, 3]
            init: %s
            sigma_b2: 0.1
            """
                .formatted(activation, width, init),
            """
            inputs: {count: %d, dimension: 80, c0: 0.3}
            replicates: 1
            probes: %s
            """
                .formatted(inputs, probes)),
        CLOSE);
  }

  /** Columns become parallel: Gram matrices in float64, and frames orthonormalised twice. */
  @Test
  void theOrderedPhaseAgreesWithTheCpu() {
    assertAgrees(
        units(
            """
            activation: tanh
            width: 96
            depth: 24
            sigma_w2: [0.5, 0.9]
            sigma_b2: 0.05
            """,
            """
            inputs: {count: 6, dimension: 20, c0: 0.6}
            replicates: 1
            probes: [signal, gradient, ntk]
            """),
        1e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2"})
  void bitsDoNotDependOnTheOrderOfThreads(String order) {
    List<Unit> units = new ArrayList<>();
    for (String law : List.of("sigma_w2: [0.5, 2]", "init: orthogonal")) {
      units.addAll(
          units(
              "{activation: gelu, width: 40, depth: 3, sigma_b2: 0.1, %s}".formatted(law),
              """
              inputs: {count: 4, dimension: 8}
              replicates: 2
              probes: [signal, gradient, ntk, jacobian, precision]
              """));
    }
    units.addAll(
        units(
            "{activation: relu, width: 40, depth: 2, init: orthogonal}",
            "inputs: {count: 33, dimension: 50}\nreplicates: 1"));
    List<List<Measurement>> expected = onDevice(units);
    emulated.set(Setting.ORDER, order);
    List<String> apart = new ArrayList<>();
    List<List<Measurement>> found = onDevice(units);
    for (int u = 0; u < units.size(); u++) {
      for (int i = 0; i < expected.get(u).size(); i++) {
        compare(
            "", Double.POSITIVE_INFINITY, expected.get(u).get(i), found.get(u).get(i), 0, apart);
      }
    }
    assertThat(apart).isEmpty();
  }

  /** Cells of independent random numbers, each of a seed of its own, go together. */
  @Test
  void independentCellsAgreeWithTheCpu() {
    assertAgrees(
        units(
            "{activation: tanh, width: 20, depth: 3, sigma_w2: [1, 2], sigma_b2: 0.1}",
            """
            random_numbers: independent
            inputs: {count: 4, dimension: 8}
            replicates: 2
            """),
        CLOSE);
  }

  @Test
  void launchesDoNotGrowWithTheBatch() {
    assertThat(launches("{activation: tanh, width: 20, depth: 2, sigma_w2: 1}", "replicates: 1"))
        .isEqualTo(
            launches(
                "{activation: [tanh, relu], width: 20, depth: [4, 9], sigma_w2: 2}",
                "replicates: 5"));
  }

  static long launches(String network, String rest) {
    List<Unit> units = units(network, rest);
    try (CudaDevice device = CudaDevice.open();
        Kernel kernel = new OpenBlas().open()) {
      DevicePropagation.measure(device, kernel, units);
      return device.launches();
    }
  }
}
