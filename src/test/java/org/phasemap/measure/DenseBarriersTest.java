package org.phasemap.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.kernel.DeviceFailure;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.cuda.EmulatedCuda.Setting;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;

/** Every barrier of the dense sampler is needed: without it, some order of threads shows. */
class DenseBarriersTest {
  /** Backwards, shuffled, forwards, shuffled otherwise. */
  private static final List<String> ORDERS = List.of("1", "2", "0", "3");

  @TempDir private Path folder = Path.of("");
  private EmulatedCuda emulated = EmulatedCuda.get();

  /** A launch that fails takes its device with it: there are many. */
  @BeforeEach
  void install() {
    emulated = EmulatedCuda.installCopy(folder);
    emulated.set(Setting.DEVICES, "64");
  }

  @AfterEach
  void reset() {
    emulated.reset();
  }

  /** Two chunks of rows, several networks and draws a block, several depths, a mask. */
  @Test
  void everyBarrierIsNecessary() {
    List<Unit> units =
        DensePropagationTest.units(
            """
            activation: gelu
            width: 130
            depth: [2, 3]
            sigma_w2: [1, 2]
            sigma_b2: 0.1
            keep_probability: 0.9
            """,
            "count: 3, dimension: 11",
            "replicates: 3\nprobes: " + DensePropagationTest.ALL);
    List<List<Measurement>> expected = measure(units, 0);
    List<String> unseen = new ArrayList<>();
    int ordinal = 0;
    for (String barrier : emulated.barriers()) {
      if (!barrier.contains("/dense")) {
        continue;
      }
      emulated.leaveOut(barrier);
      boolean seen = false;
      for (int i = 0; i < ORDERS.size() && !seen; i++) {
        emulated.set(Setting.ORDER, ORDERS.get(i));
        try {
          seen = differ(expected, measure(units, ordinal));
        } catch (DeviceFailure e) {
          seen = true;
          ordinal++;
        }
      }
      if (!seen) {
        unseen.add(barrier);
      }
    }
    assertThat(unseen).isEmpty();
  }

  private static boolean differ(List<List<Measurement>> expected, List<List<Measurement>> found) {
    List<String> differences = new ArrayList<>();
    for (int u = 0; u < expected.size(); u++) {
      DensePropagationTest.compare(expected.get(u), found.get(u), differences);
    }
    return !differences.isEmpty();
  }

  private static List<List<Measurement>> measure(List<Unit> units, int ordinal) {
    try (CudaDevice device = CudaDevice.open(ordinal);
        Kernel kernel = new OpenBlas().open()) {
      return DevicePropagation.measure(device, kernel, units);
    }
  }
}
