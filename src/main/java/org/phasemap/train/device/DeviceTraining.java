package org.phasemap.train.device;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.phasemap.data.DataSet;
import org.phasemap.data.DataSets;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.DeviceArena;
import org.phasemap.kernel.cuda.LaunchGuard;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.TrainingShape;
import org.phasemap.quantity.Measurement;
import org.phasemap.spec.Recipe;

/**
 * Trains many units' MLPs on a device, side by side in one launch for each data set, however many
 * networks and steps there are. What comes back of a network is its curve and a few figures.
 */
public final class DeviceTraining {
  /** Of a network: its curve may be longer than its own recipe asks for. */
  private static final long RESULTS_BYTES = 1 << 16;

  private final CudaDevice device;
  private final DeviceTrainingBatch batch;
  private final DataSet data;
  private final DeviceTrainingTables tables;

  private DeviceTraining(CudaDevice device, Kernel kernel, DeviceTrainingBatch batch) {
    this.device = device;
    this.batch = batch;
    this.data = DataSets.load(batch.data());
    this.tables = new DeviceTrainingTables(batch, kernel, data);
  }

  /** Whether this device trains a unit: a network must find room in its memory. */
  public static boolean takes(Unit unit, CudaDevice device) {
    return TrainingShape.of(unit)
        .map(shape -> shape.bytes() + RESULTS_BYTES <= device.budget())
        .orElse(false);
  }

  /**
   * Trains units that a device {@link #takes}. Numbers do not depend on what is trained together.
   *
   * @param kernel of the CPU, which draws the order of examples and measures critical rates
   * @return for each unit in order, one measurement for each of its cells
   * @throws OutOfMemoryError if the device has not enough memory for a unit
   */
  public static List<List<Measurement>> measure(
      CudaDevice device, Kernel kernel, List<Unit> units) {
    IdentityHashMap<Unit, List<Measurement>> results = new IdentityHashMap<>();
    for (DeviceTrainingBatch batch : DeviceTrainingBatch.of(units, device.budget() / 2)) {
      new DeviceTraining(device, kernel, batch).train(results);
    }
    return units.stream().map(unit -> Objects.requireNonNull(results.get(unit))).toList();
  }

  /** As many as the device holds at once and as find room, but no more than networks. */
  private int blocks() {
    long room = (device.budget() - batch.stagedBytes()) / batch.blockBytes();
    long most = Math.min(device.blocksAtOnce(DeviceTrainingLaunch.KERNEL), batch.networks());
    return (int) Math.max(1, Math.min(most, room));
  }

  private void train(IdentityHashMap<Unit, List<Measurement>> results) {
    int blocks = blocks();
    try (DeviceArena arena = device.arena(batch.stagedBytes() + blocks * batch.blockBytes());
        LaunchGuard guard = device.watch()) {
      DeviceTrainingLaunch launch =
          DeviceTrainingLaunch.of(device, arena, batch, tables, blocks, guard.flag());
      DoubleBuffer curves = launch.readCurves();
      DoubleBuffer others = launch.readResults();
      device.synchronise();
      guard.check();
      collect(new DeviceTrainingResults(data, tables.due(), curves, others), results);
    }
  }

  private void collect(
      DeviceTrainingResults read, IdentityHashMap<Unit, List<Measurement>> results) {
    int network = 0;
    for (Unit unit : batch.units()) {
      Recipe recipe = DeviceTrainingBatch.recipe(unit);
      List<Measurement> measured = new ArrayList<>();
      for (int i = 0; i < unit.cells().size(); i++) {
        measured.add(read.measurement(network, recipe, tables.rates().get(network)));
        network++;
      }
      results.put(unit, measured);
    }
  }
}
