package org.phasemap.train.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.CudaBackend;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.DeviceArena;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.cuda.EmulatedCuda.Setting;
import org.phasemap.kernel.cuda.LaunchGuard;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.TrainingShape;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.MeasurementBits;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.TrainedQuantity;
import org.phasemap.train.DrawnStart;
import org.phasemap.train.model.LayerValues;

/**
 * The kernels' very source, on the emulated device, beside the CPU's training: the same parameters
 * at first, the same minibatches, so that only rounding is between them.
 */
class DeviceTrainingTest {
  private EmulatedCuda emulated;

  @BeforeEach
  void install() {
    emulated = EmulatedCuda.install();
  }

  @AfterEach
  void reset() {
    emulated.reset();
  }

  /** Fields of networks, and of their training; every optimiser, loss, law and way to end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "activation: tanh, width: 12, depth: [1, 4] | optimiser: sgd, batch_size: 16",
        "activation: relu, width: 17, depth: 3 | optimiser: momentum, learning_rate: 0.02",
        "activation: gelu, width: 9, depth: 3 | optimiser: nesterov, learning_rate: 0.02",
        "activation: silu, width: 12, depth: 2 | optimiser: adam, learning_rate: 0.01",
        "activation: erf, width: 12, depth: 2 | loss: mse, readout_scale: 0.5",
        "activation: selu, width: 10, depth: 2, init: xavier_uniform | batch_size: 7",
        "activation: abs, width: 8, depth: 2, init: he_truncated | biases: false",
        "activation: relu, width: 70, depth: 2, keep_probability: 0.6 | optimiser: sgd",
        "activation: tanh, width: 11, depth: 2, keep_probability: 0.8 | optimiser: adam",
        "activation: tanh, width: 12, depth: 3 | learning_rate: {critical: 0.5}, loss: mse",
        "activation: tanh, width: 12, depth: 2 | stop: {loss: 0.6, accuracy: 0.8, steps: 2}",
        "activation: linear, width: 5, depth: 2, sigma_w2: 1e12 | learning_rate: 0.1",
        "activation: relu, width: 8, depth: 12, sigma_w2: 1e12 | learning_rate: 0.1",
        "activation: relu, width: 8, depth: 3, sigma_w2: 8 | learning_rate: 30",
      })
  void agreesWithTheCpu(String network, String training) {
    String drawn =
        network.contains("init") || network.contains("sigma_w2")
            ? network
            : network + ", sigma_w2: 1.7";
    List<Unit> units =
        OnDevice.units(
            training.contains("biases: false") ? drawn : drawn + ", sigma_b2: 0.05",
            training + ", steps: 32, accuracy_threshold: 0.7, replicates: 2");
    assertThat(units).allMatch(unit -> TrainingShape.of(unit).isPresent());
    List<Measurement> expected = OnDevice.cpu(units);
    List<Measurement> found = OnDevice.device(units);
    for (int i = 0; i < expected.size(); i++) {
      assertAgrees(expected.get(i), found.get(i));
    }
  }

  private static void assertAgrees(Measurement expected, Measurement found) {
    assertThat(found.category()).isEqualTo(expected.category());
    for (TrainedQuantity quantity : TrainedQuantity.values()) {
      double there = expected.number(quantity);
      // What has grown without bound has rounding that has grown, too.
      double close = expected.category() == Category.DIVERGED ? 1e-3 : 1e-5;
      if (Double.isFinite(there)) {
        assertThat(found.number(quantity))
            .as(quantity.column())
            .isCloseTo(there, within(close * Math.max(1, Math.abs(there))));
      } else {
        assertThat(found.number(quantity)).as(quantity.column()).isEqualTo(Double.valueOf(there));
      }
    }
    assertThat(found.profile(Profile.CURVE_STEP)).isEqualTo(expected.profile(Profile.CURVE_STEP));
    assertThat(found.profile(Profile.CURVE_ACCURACY))
        .isEqualTo(expected.profile(Profile.CURVE_ACCURACY));
  }

  /** All of a network before its first step: its rate is so small that no parameter moves. */
  @ParameterizedTest
  @CsvSource({
    "he_normal, 1, true",
    "he_uniform, 1, true",
    "he_truncated, 0.7, true",
    "he_normal, 0.3, false"
  })
  void drawsTheCpusBits(String init, double keep, boolean biases) {
    Unit unit =
        OnDevice.units(
                "activation: relu, width: 37, depth: 3, init: %s, keep_probability: %s%s"
                    .formatted(init, keep, biases ? ", sigma_b2: 0.3" : ""),
                "steps: 1, learning_rate: 1e-300, readout_scale: 0.7, replicates: 1, biases: "
                    + biases)
            .get(0);
    try (CudaDevice device = CudaDevice.open();
        Kernel kernel = new OpenBlas().open()) {
      DeviceTrainingBatch batch = DeviceTrainingBatch.of(List.of(unit), 1 << 28).get(0);
      DeviceTrainingTables tables = new DeviceTrainingTables(batch, kernel, OnDevice.data(unit));
      FloatBuffer memory = parameters(device, batch, tables);
      DrawnStart start =
          DrawnStart.of(
              kernel,
              unit.cells().get(0).network(),
              OnDevice.recipe(unit),
              OnDevice.data(unit),
              unit.seed(),
              unit.replicate());
      int first = 0;
      for (LayerValues layer : start.layers()) {
        int apart = (layer.fanOut() + 3) / 4 * 4;
        float[] weights = layer.weights();
        for (int i = 0; i < weights.length; i++) {
          int at = first + i / layer.fanOut() * apart + i % layer.fanOut();
          // Of zeros that masks leave, the sign may differ.
          assertThat(memory.get(at) + 0f).isEqualTo(weights[i] + 0f);
        }
        float[] bias = layer.bias();
        for (int i = 0; bias != null && i < bias.length; i++) {
          assertThat(memory.get(first + layer.fanIn() * apart + i)).isEqualTo(bias[i]);
        }
        first += apart * (layer.fanIn() + 1);
      }
    }
  }

  private static FloatBuffer parameters(
      CudaDevice device, DeviceTrainingBatch batch, DeviceTrainingTables tables) {
    try (DeviceArena arena = device.arena(batch.stagedBytes() + batch.blockBytes());
        LaunchGuard guard = device.watch()) {
      DeviceTrainingLaunch launch =
          DeviceTrainingLaunch.of(device, arena, batch, tables, 1, guard.flag());
      ByteBuffer memory = DeviceTrainingLayout.buffer(batch.blockBytes());
      device.read(launch.memory(), memory);
      device.synchronise();
      return memory.asFloatBuffer();
    }
  }

  /** Two tiles across and down, two chunks of terms, a warp that is not full. */
  private static List<Unit> wide() {
    return OnDevice.units(
        "activation: gelu, width: 70, depth: [1, 2], sigma_w2: 2, keep_probability: 0.9,"
            + " sigma_b2: 0.1",
        "optimiser: [adam, nesterov], batch_size: 35, steps: 3, learning_rate: 0.01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3"})
  void bitsDoNotDependOnTheOrderOfThreadsNorOnWhichBlockTakesANetwork(String order) {
    List<List<String>> expected = bits(OnDevice.device(wide()));
    emulated.set(Setting.ORDER, order);
    emulated.set(Setting.THREADS, "2");
    assertThat(bits(OnDevice.device(wide()))).isEqualTo(expected);
  }

  @Test
  void bitsDoNotDependOnWhatIsTrainedTogether() {
    List<Measurement> alone = new ArrayList<>();
    for (Unit unit : wide()) {
      for (Cell cell : unit.cells()) {
        alone.addAll(OnDevice.device(List.of(unit.alone(cell))));
      }
    }
    assertThat(bits(OnDevice.device(wide()))).isEqualTo(bits(alone));
  }

  private static List<List<String>> bits(List<Measurement> measurements) {
    return measurements.stream().map(MeasurementBits::of).toList();
  }

  @Test
  void launchesDoNotGrowWithNetworksStepsOrRecipes() {
    assertThat(launches("depth: 1", "steps: 1, replicates: 1")).isOne();
    assertThat(
            launches(
                "depth: [1, 2, 3]",
                "steps: 9, replicates: 3, optimiser: [sgd, adam], batch_size: [4, 8]"))
        .isOne();
  }

  private static long launches(String network, String training) {
    try (CudaDevice device = CudaDevice.open();
        Kernel kernel = new OpenBlas().open()) {
      DeviceTraining.measure(
          device,
          kernel,
          OnDevice.units("activation: tanh, width: 4, sigma_w2: 1, " + network, training));
      return device.launches();
    }
  }

  /**
   * Before its first network, and within one: its steps would take minutes. A look at the guard
   * that comes late makes the first case of the second.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aLaunchEndsWhereItsGuardThrows(int call) {
    List<Unit> units =
        OnDevice.units(
            "activation: tanh, width: 2, depth: 1, sigma_w2: 1",
            "steps: 2000000, batch_size: 1, learning_rate: 0.001, replicates: 1");
    RuntimeException fault = new IllegalStateException("no more");
    AtomicInteger calls = new AtomicInteger();
    try (CudaDevice device = CudaDevice.open();
        Kernel kernel = new OpenBlas().open()) {
      device.guard(
          () -> {
            if (calls.incrementAndGet() == call) {
              throw fault;
            }
          });
      assertThatThrownBy(() -> DeviceTraining.measure(device, kernel, units)).isSameAs(fault);
    }
    assertThat(calls).hasValue(call);
  }

  /** What the device cannot train, and what finds no room in its memory. */
  @Test
  void theCpuTrainsTheRest() {
    String network = "activation: tanh, width: 8, depth: 2, ";
    for (List<String> spec :
        List.of(
            List.of(network + "init: orthogonal", "steps: 2"),
            List.of(network + "sigma_w2: 1", "steps: 2, ntk_drift: true"),
            List.of(network + "sigma_w2: 1", "steps: 2, loss: reconstruction"),
            List.of(network + "sigma_w2: 1", "steps: 2, engine: deeplearning4j"),
            List.of(network + "sigma_w2: 1, architecture: {kind: mlp, norm: layer}", "steps: 2"),
            List.of("activation: tanh, width: 12000, depth: 3, sigma_w2: 1", "steps: 2"))) {
      assertThat(OnDevice.units(spec.get(0), spec.get(1)))
          .as(spec.toString())
          .isNotEmpty()
          .noneMatch(unit -> TrainingShape.of(unit).isPresent());
    }
  }

  @Test
  void aTaskWithLittleMemoryLeavesNetworksToTheCpu() {
    Unit unit =
        OnDevice.units("activation: tanh, width: 64, depth: 9, sigma_w2: 1", "steps: 2").get(0);
    long needed = TrainingShape.of(unit).orElseThrow().bytes();
    for (long bytes : new long[] {needed, 2 * needed}) {
      new CudaBackend().gpus().orElseThrow().bind(0, bytes);
      try (CudaDevice device = CudaDevice.open()) {
        assertThat(DeviceTraining.takes(unit, device)).isEqualTo(bytes > needed);
      } finally {
        new CudaBackend().gpus().orElseThrow().bind(0, 1L << 30);
      }
    }
  }
}
