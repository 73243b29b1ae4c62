package org.phasemap.measure.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.cuda.EmulatedCuda.Setting;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;

/**
 * Explicit weights: the kernels' very source, on the emulated device, beside the CPU's propagation.
 * Both have the same random numbers, so that only rounding is between them.
 */
class DensePropagationTest {
  /** Products are sums of float32 in another order: some 1e-7 of a length, and a few layers. */
  private static final double CLOSE = 1e-5;

  static final String ALL =
      "[signal, gradient, ntk, ntk_layers, optimiser, curvature, precision, jacobian]";

  private EmulatedCuda emulated;

  @BeforeEach
  void install() {
    emulated = EmulatedCuda.install();
  }

  @AfterEach
  void reset() {
    emulated.reset();
  }

  static List<Unit> units(String network, String inputs, String rest) {
    return DevicePropagationTest.units(
        network, "sampler: dense\ninputs: {%s}\n%s".formatted(inputs, rest));
  }

  @ParameterizedTest
  @CsvSource({
    "tanh, normal, 24, 5, 20",
    "relu, uniform, 17, 3, 40",
    "gelu, truncated, 33, 7, 9",
    "silu, normal, 9, 1, 5",
    "erf, uniform, 12, 2, 4",
    "abs, normal, 15, 4, 15",
    "elu, truncated, 16, 3, 8",
    "selu, normal, 14, 3, 8",
    "softplus, normal, 13, 3, 8",
    "sigmoid, uniform, 12, 3, 8",
    "sin, truncated, 11, 3, 8",
    "hard_tanh, normal, 10, 3, 8",
    "softsign, normal, 12, 3, 8",
    "arctan, normal, 12, 3, 8",
    "mish, normal, 12, 3, 8",
    "leaky_relu, normal, 12, 3, 8",
    "linear, normal, 12, 3, 8"
  })
  void agreesWithTheCpu(String activation, String law, int width, int inputs, int dimension) {
    DevicePropagationTest.assertAgrees(
        units(
            """
            activation: %s
            width: %d
            depth: [2, 4]
            init: he_%s
            sigma_multiplier: [0.8, 1]
            sigma_b2: [0.05, 0]
            """
                .formatted(activation, width, law),
            "count: %d, dimension: %d, c0: 0.3".formatted(inputs, dimension),
            "replicates: 2\nprobes: " + ALL),
        CLOSE);
  }

  @ParameterizedTest
  @CsvSource({"tanh, ''", "relu, '[gradient]'", "gelu, '[signal]'"})
  void masksAgreeWithTheCpu(String activation, String probes) {
    DevicePropagationTest.assertAgrees(
        units(
            """
            activation: %s
            width: 21
            depth: [1, 3]
            sigma_w2: [1.5, 3]
            sigma_b2: 0.1
            keep_probability: 0.6
            """
                .formatted(activation),
            "count: 4, dimension: 30",
            "replicates: 2\nprobes: " + (probes.isEmpty() ? ALL : probes)),
        CLOSE);
  }

  /** More columns than a weight-free network can have on a device, and more than a tile's side. */
  @Test
  void manyInputsAgreeWithTheCpu() {
    DevicePropagationTest.assertAgrees(
        units(
            "{activation: tanh, width: 67, depth: 3, sigma_w2: [1, 2], sigma_b2: 0.1}",
            "count: 41, dimension: 50",
            "replicates: 1\nprobes: [signal, gradient, ntk, optimiser]"),
        CLOSE);
  }

  /** Products of all outputs' gradients in one pass over the rows, and in several. */
  @ParameterizedTest
  @CsvSource({"tanh, 3, 4", "relu, 10, 9", "abs, 2, 1"})
  void severalOutputsAgreeWithTheCpu(String activation, int outputs, int inputs) {
    List<Unit> units =
        units(
            """
            activation: %s
            width: 19
            depth: [1, 3]
            sigma_w2: [1, 2]
            sigma_b2: [0, 0.1]
            """
                .formatted(activation),
            "count: %d, dimension: 12, c0: 0.2".formatted(inputs),
            "replicates: 2\noutputs: %d\nprobes: %s".formatted(outputs, ALL));
    DevicePropagationTest.assertAgrees(units, CLOSE);
  }

  /**
   * Columns become parallel: the smallest eigenvalue is what rounding leaves of their differences.
   */
  @Test
  void theOrderedPhaseAgreesWithTheCpu() {
    DevicePropagationTest.assertAgrees(
        units(
            "{activation: tanh, width: 40, depth: 24, sigma_w2: [0.5, 0.9], sigma_b2: 0.05}",
            "count: 5, dimension: 20, c0: 0.6",
            "replicates: 1\nprobes: " + ALL),
        1e-3);
  }

  /** Each cell has a seed of its own, and so inputs and weights of its own. */
  @Test
  void independentCellsAgreeWithTheCpu() {
    DevicePropagationTest.assertAgrees(
        units(
            "{activation: tanh, width: 10, depth: [2, 3], sigma_w2: [1, 2], sigma_b2: 0.1}",
            "count: 4, dimension: 8",
            "random_numbers: independent\nreplicates: 2"),
        CLOSE);
  }

  /** In one dimension inputs are x and −x: gradients cancel, and kernels are singular. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "0.7"})
  void oppositeInputsAgreeWithTheCpu(String keepProbability) {
    DevicePropagationTest.assertAgrees(
        units(
            """
            activation: [tanh, relu, abs]
            width: 12
            depth: 3
            sigma_w2: 1.5
            sigma_b2: [0, 0.1]
            keep_probability: %s
            """
                .formatted(keepProbability),
            "kind: sphere, count: 4, dimension: 1",
            "replicates: 2\nprobes: " + ALL),
        CLOSE);
  }

  @Test
  void launchesDoNotGrowWithTheBatch() {
    assertThat(launches("{activation: tanh, width: 10, depth: 2, sigma_w2: 1}", 1))
        .isEqualTo(
            launches("{activation: [tanh, relu], width: 10, depth: [4, 9], sigma_w2: 2}", 5));
  }

  private static long launches(String network, int replicates) {
    return DevicePropagationTest.launches(network, "sampler: dense\nreplicates: " + replicates);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  void aDeviceWhoseBlocksCannotWaitForEachOtherLeavesWeightsToTheCpu(
      String cooperative, @TempDir Path folder) {
    EmulatedCuda copy = EmulatedCuda.installCopy(folder);
    copy.set(Setting.COOPERATIVE, cooperative);
    List<Unit> units =
        units("{activation: tanh, width: 10, depth: 2, sigma_w2: 1}", "count: 2, dimension: 4", "");
    try (CudaDevice device = CudaDevice.open()) {
      assertThat(units)
          .allMatch(unit -> DevicePropagation.takes(unit, device) == cooperative.equals("1"));
    }
  }

  /** What is not on the device. */
  @Test
  void theCpuMeasuresTheRest() {
    String network = "{activation: tanh, width: 10, depth: 2, sigma_w2: 1}";
    assertThat(units("{activation: tanh, width: 10, depth: 2, init: orthogonal}", "count: 2", ""))
        .noneMatch(DevicePropagation::takes);
    assertThat(units(network, "count: 33, dimension: 40", "probes: [signal, jacobian]"))
        .noneMatch(DevicePropagation::takes);
    assertThat(units(network, "count: 2", "probes: [signal, jacobian_largest]"))
        .noneMatch(DevicePropagation::takes);
    assertThat(units(network, "count: 11, dimension: 20", "outputs: 64\nprobes: [ntk]"))
        .noneMatch(DevicePropagation::takes);
    String tangents = "inputs: {count: 33, dimension: 40}\nprobes: [signal, jacobian]";
    assertThat(DevicePropagationTest.units(network, tangents)).noneMatch(DevicePropagation::takes);
  }

  @Test
  void bitsDoNotDependOnTheBatch() {
    List<Unit> units =
        units(
            "{activation: [tanh, relu], width: 9, depth: [2, 3], sigma_w2: [1, 2], sigma_b2: 0.1}",
            "count: 3, dimension: 5",
            "replicates: 2\nprobes: " + ALL);
    try (CudaDevice device = CudaDevice.open();
        Kernel kernel = new OpenBlas().open()) {
      var together = DensePropagation.measure(device, kernel, units, 1 << 28);
      var apart = DensePropagation.measure(device, kernel, units, 1);
      List<String> differences = new ArrayList<>();
      for (Unit unit : units) {
        compare(
            Objects.requireNonNull(together.get(unit)),
            Objects.requireNonNull(apart.get(unit)),
            differences);
      }
      assertThat(differences).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void bitsDoNotDependOnTheOrderOfThreadsAndBlocks(String order) {
    List<Unit> units =
        units(
            "{activation: relu, width: 70, depth: 2, sigma_w2: 2}",
            "count: 5, dimension: 11",
            "replicates: 1\noutputs: 3\nprobes: " + ALL);
    units.addAll(
        units(
            """
            activation: gelu
            width: 70
            depth: 3
            sigma_w2: [0.5, 1, 2, 3]
            sigma_b2: 0.1
            keep_probability: 0.9
            """,
            "count: 9, dimension: 11",
            "replicates: 2\nprobes: " + ALL));
    List<List<Measurement>> expected = DevicePropagationTest.onDevice(units);
    emulated.set(Setting.ORDER, order);
    List<List<Measurement>> found = DevicePropagationTest.onDevice(units);
    List<String> differences = new ArrayList<>();
    for (int u = 0; u < units.size(); u++) {
      compare(expected.get(u), found.get(u), differences);
    }
    assertThat(differences).isEmpty();
  }

  /** Adds in what measurements differ. */
  static void compare(
      List<Measurement> expected, List<Measurement> found, List<String> differences) {
    for (int i = 0; i < expected.size(); i++) {
      DevicePropagationTest.compare(
          "cell " + i, Double.POSITIVE_INFINITY, expected.get(i), found.get(i), 0, differences);
    }
  }
}
