package org.phasemap.sweep;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.measure.device.DevicePropagation;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.DeviceShape;
import org.phasemap.quantity.Measurement;
import org.phasemap.train.device.DeviceTraining;

/** What devices do of a plan's units, whatever their task. */
public final class DeviceUnits {
  private DeviceUnits() {}

  /** Whether some device takes a unit. */
  static boolean takes(Unit unit) {
    return DeviceShape.isOnDevice(unit);
  }

  /** Whether this device does. */
  static boolean takes(Unit unit, CudaDevice device) {
    return isTrained(unit)
        ? DeviceTraining.takes(unit, device)
        : DevicePropagation.takes(unit, device);
  }

  private static boolean isTrained(Unit unit) {
    return unit.task() instanceof Task.Training;
  }

  /**
   * Measures and trains units.
   *
   * @param kernel of the CPU
   * @return for each unit in order, one measurement for each of its cells
   * @throws OutOfMemoryError if the device has not enough memory for a unit
   */
  public static List<List<Measurement>> measure(
      CudaDevice device, Kernel kernel, List<Unit> units) {
    Predicate<Unit> trained = DeviceUnits::isTrained;
    List<Unit> training = units.stream().filter(trained).toList();
    List<Unit> propagation = units.stream().filter(trained.negate()).toList();
    IdentityHashMap<Unit, List<Measurement>> results = new IdentityHashMap<>();
    put(propagation, DevicePropagation.measure(device, kernel, propagation), results);
    put(training, DeviceTraining.measure(device, kernel, training), results);
    return units.stream().map(unit -> Objects.requireNonNull(results.get(unit))).toList();
  }

  private static void put(
      List<Unit> units,
      List<List<Measurement>> measured,
      IdentityHashMap<Unit, List<Measurement>> results) {
    for (int i = 0; i < units.size(); i++) {
      results.put(units.get(i), measured.get(i));
    }
  }
}
