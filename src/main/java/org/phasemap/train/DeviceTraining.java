package org.phasemap.train;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.phasemap.data.DataSet;
import org.phasemap.data.DataSets;
import org.phasemap.data.Examples;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.DeviceArena;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.TrainingShape;
import org.phasemap.quantity.Measurement;
import org.phasemap.spec.Recipe;
import org.phasemap.train.DeviceTrainingLayout.Result;

/**
 * Trains many units' MLPs on a device, side by side in one launch for each data set, however many
 * networks and steps there are. What comes back of a network is its curve and a few figures.
 */
public final class DeviceTraining {
  static final String KERNEL = "train_mlp";

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
    long most = Math.min(device.blocksAtOnce(KERNEL), batch.networks());
    return (int) Math.max(1, Math.min(most, room));
  }

  private void train(IdentityHashMap<Unit, List<Measurement>> results) {
    int blocks = blocks();
    int[] due = tables.due();
    int figures = 2 * (due.length + 1);
    int networks = batch.networks();
    try (DeviceArena arena = device.arena(batch.stagedBytes() + blocks * batch.blockBytes())) {
      long order = written(arena, tables.orders());
      long curves = arena.allocate((long) networks * figures * Double.BYTES);
      long others = arena.allocate((long) networks * Result.values().length * Double.BYTES);
      long next = arena.allocate(Integer.BYTES);
      device.clear(next, Integer.BYTES);
      ByteBuffer argument =
          DeviceTrainingLayout.buffer(DeviceTrainingLayout.ARGUMENT_BYTES)
              .putLong(written(arena, tables.networks()))
              .putLong(written(arena, tables.recipes()))
              .putLong(written(arena, tables.corrections()))
              .putLong(order)
              .putLong(written(arena, DeviceTrainingTables.ints(due)));
      put(arena, data.train(), argument);
      put(arena, data.test(), argument);
      argument
          .putLong(arena.allocate(blocks * batch.blockBytes()))
          .putLong(curves)
          .putLong(others)
          .putLong(next)
          .putLong(batch.blockBytes())
          .putInt(networks)
          .putInt(data.dimension())
          .putInt(data.classes())
          .putInt(due.length);
      device.launch(KERNEL, blocks, argument.flip());
      DoubleBuffer curve = read(curves, networks * figures);
      DoubleBuffer found = read(others, networks * Result.values().length);
      device.synchronise();
      collect(new DeviceTrainingResults(data, due, curve, found), results);
    }
  }

  private void put(DeviceArena arena, Examples examples, ByteBuffer argument) {
    argument
        .putLong(written(arena, DeviceTrainingTables.features(examples)))
        .putLong(written(arena, DeviceTrainingTables.ints(examples.labels())))
        .putLong(examples.count());
  }

  private long written(DeviceArena arena, ByteBuffer bytes) {
    long to = arena.allocate(bytes.remaining());
    if (bytes.hasRemaining()) {
      device.write(to, bytes);
    }
    return to;
  }

  private DoubleBuffer read(long from, int numbers) {
    ByteBuffer bytes = DeviceTrainingLayout.buffer((long) numbers * Double.BYTES);
    device.read(from, bytes);
    return bytes.asDoubleBuffer();
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
