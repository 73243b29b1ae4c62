package org.phasemap.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.phasemap.kernel.DeviceFailure;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.cuda.EmulatedCuda.Setting;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;

/** Leaves out barriers of an emulated device, one after the other. */
public final class Barriers implements AutoCloseable {
  /** Backwards, shuffled, forwards, shuffled otherwise. */
  private static final List<String> ORDERS = List.of("1", "2", "0", "3");

  private final EmulatedCuda emulated;

  /** What a device does of units. */
  public interface Doing {
    List<List<Measurement>> of(CudaDevice device, Kernel kernel, List<Unit> units);
  }

  /** On a copy of the device; a launch that fails takes its device with it, so there are many. */
  public Barriers(Path folder) {
    emulated = EmulatedCuda.installCopy(folder);
    emulated.set(Setting.DEVICES, "64");
  }

  /**
   * Those without which no order of threads shows.
   *
   * @param which of the barriers, {@code file:line} each
   * @param differ whether measurements of the units differ
   */
  List<String> unseen(
      List<Unit> units,
      Predicate<String> which,
      BiPredicate<List<Measurement>, List<Measurement>> differ) {
    return unseen(DevicePropagation::measure, units, which, differ);
  }

  /**
   * Those without which no order of threads shows.
   *
   * @param doing what is done of the units
   */
  public List<String> unseen(
      Doing doing,
      List<Unit> units,
      Predicate<String> which,
      BiPredicate<List<Measurement>, List<Measurement>> differ) {
    List<List<Measurement>> expected = measure(doing, units, 0);
    List<String> unseen = new ArrayList<>();
    int ordinal = 0;
    for (String barrier : emulated.barriers().stream().filter(which).toList()) {
      emulated.leaveOut(barrier);
      boolean seen = false;
      for (int i = 0; i < ORDERS.size() && !seen; i++) {
        emulated.set(Setting.ORDER, ORDERS.get(i));
        try {
          List<List<Measurement>> found = measure(doing, units, ordinal);
          for (int u = 0; u < found.size(); u++) {
            seen |= differ.test(expected.get(u), found.get(u));
          }
        } catch (DeviceFailure e) {
          seen = true;
          ordinal++;
        }
      }
      if (!seen) {
        unseen.add(barrier);
      }
    }
    return unseen;
  }

  private static List<List<Measurement>> measure(Doing doing, List<Unit> units, int ordinal) {
    try (CudaDevice device = CudaDevice.open(ordinal);
        Kernel kernel = new OpenBlas().open()) {
      return doing.of(device, kernel, units);
    }
  }

  @Override
  public void close() {
    emulated.reset();
  }
}
