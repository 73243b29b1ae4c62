package org.phasemap.train;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.data.DataSets;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.quantity.Measurement;
import org.phasemap.spec.SpecReader;

/** Units that are trained on the emulated device and on the CPU. */
final class OnDevice {
  private OnDevice() {}

  /**
   * Units of a spec with {@code backend: cuda}.
   *
   * @param network fields of the section, in one line
   * @param training the same
   */
  static List<Unit> units(String network, String training) {
    return units(
        """
        name: t
        backend: cuda
        seed: 3
        probes: []
        limits: {max_cells: 100000}
        network: {%s}
        training: {%s}
        """
            .formatted(network, training));
  }

  static List<Unit> units(String spec) {
    return Schedule.most(Plan.of(SpecReader.parse(spec, "t.yaml"))).stream()
        .filter(unit -> unit.task() instanceof Task.Training)
        .toList();
  }

  /** What the device, which is to be installed, says of all cells. */
  static List<Measurement> device(List<Unit> units) {
    return device(units, 0);
  }

  static List<Measurement> device(List<Unit> units, int ordinal) {
    try (CudaDevice device = CudaDevice.open(ordinal);
        Kernel kernel = new OpenBlas().open()) {
      return DeviceTraining.measure(device, kernel, units).stream().flatMap(List::stream).toList();
    }
  }

  /** What the CPU says of all cells. */
  static List<Measurement> cpu(List<Unit> units) {
    List<Measurement> all = new ArrayList<>();
    try (Kernel kernel = new OpenBlas().open()) {
      for (Unit unit : units) {
        Task.Training task = (Task.Training) unit.task();
        all.addAll(
            Trainer.train(
                kernel,
                unit.cells().stream().map(Cell::network).toList(),
                task.recipe(),
                DataSets.load(task.data()),
                unit.seed(),
                unit.replicate()));
      }
    }
    return all;
  }
}
