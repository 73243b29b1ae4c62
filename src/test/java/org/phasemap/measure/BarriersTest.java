package org.phasemap.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.cuda.EmulatedCuda.Setting;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.SpecReader;

/**
 * Every barrier of the kernels is necessary: without it, some order of a block's threads gives
 * other bits, or the emulated device sees a fault.
 */
class BarriersTest {
  private static final int ORDERS = 6;

  /** All passes: columns that are nearly dependent, tangents, formats. */
  private static final List<Unit> UNITS =
      Schedule.most(
          Plan.of(
              SpecReader.parse(
                  """
                  name: barriers
                  backend: cuda
                  network: {activation: tanh, width: 150, depth: [2, 7], sigma_w2: [0.2, 2], sigma_b2: 0.1}
                  inputs: {count: 4, dimension: 8, c0: 0.9}
                  replicates: 1
                  probes: [signal, gradient, ntk, optimiser, jacobian, precision]
                  """,
                  "barriers.yaml")));

  private EmulatedCuda emulated;

  @BeforeEach
  void install() {
    emulated = EmulatedCuda.install();
    emulated.set(Setting.THREADS, "1");
  }

  @AfterEach
  void reset() {
    emulated.reset();
  }

  @Test
  void everyBarrierIsNecessary() {
    List<Long> bits = bits();
    List<String> notMissed = new ArrayList<>();
    for (String barrier : emulated.barriers()) {
      if (barrier.contains("columns.cu") || barrier.contains("weight_free.cu")) {
        emulated.leaveOut(barrier);
        if (IntStream.range(0, ORDERS).noneMatch(order -> isMissed(order, bits))) {
          notMissed.add(barrier);
        }
        emulated.reset();
        install();
        emulated.set(Setting.ORDER, "0");
      }
    }
    assertThat(notMissed).isEmpty();
  }

  private boolean isMissed(int order, List<Long> bits) {
    emulated.set(Setting.ORDER, String.valueOf(order));
    try {
      return !bits().equals(bits);
    } catch (InternalError e) {
      return true;
    }
  }

  private static List<Long> bits() {
    List<Long> bits = new ArrayList<>();
    try (CudaDevice device = CudaDevice.open();
        Kernel kernel = new OpenBlas().open()) {
      for (List<Measurement> unit : DevicePropagation.measure(device, kernel, UNITS)) {
        for (Measurement measured : unit) {
          for (Quantity quantity : Quantity.all()) {
            bits.add(Double.doubleToLongBits(measured.number(quantity)));
          }
          for (Profile profile : Profile.values()) {
            for (double number : measured.profile(profile)) {
              bits.add(Double.doubleToLongBits(number));
            }
          }
        }
      }
    }
    return bits;
  }
}
