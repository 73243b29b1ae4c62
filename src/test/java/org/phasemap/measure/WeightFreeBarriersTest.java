package org.phasemap.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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

/** Every barrier of the weight-free sampler is needed: without it, some order of threads shows. */
class WeightFreeBarriersTest {
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

  /**
   * Blocks of 64 threads that have three chunks of rows, of which the last is not whole. A deep
   * ordered phase needs the passes in float64 and second orthonormalisations; with c0 of 1 columns
   * repeat others.
   */
  @Test
  void everyBarrierIsNecessary() throws IOException {
    List<Unit> units = new ArrayList<>();
    for (String rest :
        List.of(
            "inputs: {count: 7, dimension: 11, c0: 0.9}\nprobes: [signal, ntk, precision]",
            "inputs: {count: 3, dimension: 9, c0: 1}\nprobes: [signal, gradient, jacobian]")) {
      units.addAll(
          DevicePropagationTest.units(
              "{activation: gelu, width: 140, depth: [2, 6], sigma_w2: [0.3, 2], sigma_b2: 0.1}",
              rest + "\nreplicates: 1"));
    }
    List<List<Measurement>> expected = measure(units, 0);
    List<String> unseen = new ArrayList<>();
    int ordinal = 0;
    for (String barrier : emulated.barriers()) {
      if (line(barrier).contains("// Not seen: ")) {
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

  /** Of the source: some barriers say there why no result shows them. */
  private static String line(String barrier) throws IOException {
    int colon = barrier.lastIndexOf(':');
    int number = Integer.parseInt(barrier.substring(colon + 1));
    return Files.readAllLines(Path.of(barrier.substring(0, colon))).get(number - 1);
  }

  private static boolean differ(List<List<Measurement>> expected, List<List<Measurement>> found) {
    List<String> differences = new ArrayList<>();
    for (int u = 0; u < expected.size(); u++) {
      for (int i = 0; i < expected.get(u).size(); i++) {
        DevicePropagationTest.compare(
            "",
            Double.POSITIVE_INFINITY,
            expected.get(u).get(i),
            found.get(u).get(i),
            0,
            differences);
      }
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
