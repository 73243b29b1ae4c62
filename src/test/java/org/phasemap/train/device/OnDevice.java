package org.phasemap.train.device;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.data.DataSet;
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
import org.phasemap.spec.Recipe;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.train.Trainer;

/** Units that are trained on the emulated device and on the CPU. */
final class OnDevice {
  /** 64 examples to train on and 16 to test, which do not fill minibatches up. */
  private static final String DATA =
      "data: {kind: clusters, classes: 3, dimension: 9, examples: 80, separation: 1.5}";

  private OnDevice() {}

  /**
   * Units of a spec with {@code backend: cuda}.
   *
   * @param network fields of the section, in one line
   * @param training the same
   */
  static List<Unit> units(String network, String training) {
    return Schedule.most(
            Plan.of(
                SpecReader.parse(
                    """
                    name: t
                    backend: cuda
                    seed: 3
                    probes: []
                    network: {%s}
                    training: {%s, %s}
                    """
                        .formatted(network, DATA, training),
                    "t.yaml")))
        .stream()
        .filter(unit -> unit.task() instanceof Task.Training)
        .toList();
  }

  static Recipe recipe(Unit unit) {
    return ((Task.Training) unit.task()).recipe();
  }

  static DataSet data(Unit unit) {
    return DataSets.load(((Task.Training) unit.task()).data());
  }

  /** What the device, which is to be installed, says of all cells. */
  static List<Measurement> device(List<Unit> units) {
    try (CudaDevice device = CudaDevice.open();
        Kernel kernel = new OpenBlas().open()) {
      return DeviceTraining.measure(device, kernel, units).stream().flatMap(List::stream).toList();
    }
  }

  /** What the CPU says of all cells. */
  static List<Measurement> cpu(List<Unit> units) {
    List<Measurement> all = new ArrayList<>();
    try (Kernel kernel = new OpenBlas().open()) {
      for (Unit unit : units) {
        all.addAll(
            Trainer.train(
                kernel,
                unit.cells().stream().map(Cell::network).toList(),
                recipe(unit),
                data(unit),
                unit.seed(),
                unit.replicate()));
      }
    }
    return all;
  }
}
