package org.phasemap.measure.device;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.DeviceArena;
import org.phasemap.measure.device.DeviceBatch.Draw;
import org.phasemap.measure.finding.FormatCounts;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.DenseShape;
import org.phasemap.plan.cost.DeviceShape;
import org.phasemap.plan.cost.PanelShape;
import org.phasemap.quantity.Measurement;

/**
 * Measures many units' MLPs on a device, in a fixed number of launches for each batch however many
 * variants, replicates and layers it has. Nothing of size n × m comes back.
 */
public final class DevicePropagation {
  /** Of a batch: what comes back of it must fit into Java's buffers. */
  private static final long MOST_BYTES = 1L << 30;

  private final CudaDevice device;
  private final Kernel kernel;
  private final DeviceExchange exchange;

  private DevicePropagation(CudaDevice device, Kernel kernel, DeviceArena arena) {
    this.device = device;
    this.kernel = kernel;
    this.exchange = new DeviceExchange(device, arena);
  }

  /** Whether some device measures a unit. */
  public static boolean takes(Unit unit) {
    return DeviceShape.isOnDevice(unit);
  }

  /**
   * Whether this device does: blocks of some GPUs have too little memory for many columns, and
   * blocks that wait for each other draw weights.
   */
  public static boolean takes(Unit unit, CudaDevice device) {
    return DeviceShape.of(unit)
        .map(shape -> shape.kernel().sharedBytes() <= device.sharedMemoryPerBlock())
        .orElseGet(() -> DenseShape.of(unit).isPresent() && device.isCooperative());
  }

  /**
   * Measures units that a device {@link #takes}.
   *
   * @param kernel of the CPU, which makes the inputs
   * @return for each unit in order, one measurement for each of its cells
   * @throws OutOfMemoryError if the device has not enough memory for a unit
   */
  public static List<List<Measurement>> measure(
      CudaDevice device, Kernel kernel, List<Unit> units) {
    long half = Math.min(device.budget() / 2, MOST_BYTES);
    IdentityHashMap<Unit, List<Measurement>> results =
        DensePropagation.measure(
            device,
            kernel,
            units.stream().filter(unit -> DenseShape.of(unit).isPresent()).toList(),
            device.budget());
    List<Unit> weightFree =
        units.stream().filter(unit -> DeviceShape.of(unit).isPresent()).toList();
    for (DeviceBatch batch : DeviceBatch.of(weightFree, half)) {
      int blocks = blocks(device, batch, device.budget() - batch.bytes());
      try (DeviceArena arena = device.arena(batch.bytes() + blocks * keptBytes(batch))) {
        new DevicePropagation(device, kernel, arena).measure(batch, blocks, results);
      }
    }
    return units.stream().map(unit -> Objects.requireNonNull(results.get(unit))).toList();
  }

  /**
   * Blocks that run: those that the device holds at once, and that have room for what they keep.
   */
  private static int blocks(CudaDevice device, DeviceBatch batch, long most) {
    long held = (long) device.multiprocessors() * batch.shape().kernel().blocks();
    long fit = Math.max(1, most / keptBytes(batch));
    return (int) Math.min(batch.networks().size(), Math.min(held, fit));
  }

  /** What a block keeps of its network's layers. */
  private static long keptBytes(DeviceBatch batch) {
    return DeviceLayout.keptBytes(batch.depth(), batch.columns());
  }

  private void measure(
      DeviceBatch batch, int blocks, IdentityHashMap<Unit, List<Measurement>> results) {
    Map<Long, ShownInputs> shown = new HashMap<>();
    batch
        .draws()
        .forEach(
            d ->
                shown.computeIfAbsent(
                    d.seed(), seed -> ShownInputs.of(kernel, batch.task().inputs(), seed)));
    DeviceShape shape = batch.shape();
    int m = shape.columns();
    int depth = batch.depth();
    int width = batch.width();
    int draws = batch.draws().size();
    int inputs = batch.task().inputs().count();
    int block = PanelShape.block(batch.units().get(0));
    boolean backward = PanelShape.hasBackward(batch.task());

    DrawnColumns drawn = new DrawnColumns(device, exchange, batch);
    long g = drawn.gaussian(Purpose.FORWARD, depth, block, m);
    long xi = backward ? drawn.gaussian(Purpose.BACKWARD, depth, block, m) : 0;
    long bias = drawn.gaussian(Purpose.BIASES, depth, 1, 1);
    long readout = drawn.gaussian(Purpose.READOUT, 0, 1, 1);
    long tangents = 0;
    long squares = 0;
    if (batch.hasTangents()) {
      tangents = drawn.gaussian(Purpose.TANGENTS, 1, inputs, shape.half());
      squares = exchange.allocate((long) draws * shape.half() * Double.BYTES);
      launch(
          "tangent_squares",
          draws,
          argument(2 * Long.BYTES + 3 * Integer.BYTES + 4)
              .putLong(tangents)
              .putLong(squares)
              .putInt(shape.half())
              .putInt(width)
              .putInt(shape.height(width)));
    }
    long drawnGrams = drawn.grams(g, bias, depth, width);
    boolean turned = batch.isOrthogonal() && backward;
    long xiGrams = turned ? drawn.grams(xi, bias, depth, width) : 0;
    long restGrams = batch.rest() > 0 ? drawn.gramsOfRest(block) : 0;

    List<DeviceNetwork> networks = batch.networks();
    ByteBuffer network = DeviceArguments.buffer(networks.size() * DeviceLayout.NETWORK_BYTES);
    ByteBuffer cells = DeviceArguments.buffer(batch.cells() * DeviceLayout.CELL_BYTES);
    int layer = 0;
    for (DeviceNetwork each : networks) {
      ShownInputs own = Objects.requireNonNull(shown.get(batch.draws().get(each.draw()).seed()));
      DeviceArguments.put(
          each,
          own.relations().twins(each.variant().activation(), each.variant().sigmaB2()),
          network);
      for (Cell cell : each.cells()) {
        DeviceArguments.put(cell, layer, cells);
        layer += cell.network().depth();
      }
    }
    ByteBuffer grams = DeviceArguments.buffer(draws * m * m * Double.BYTES);
    for (Draw draw : batch.draws()) {
      double[] gram = Objects.requireNonNull(shown.get(draw.seed())).gram();
      for (int i = 0; i < m * m; i++) {
        boolean both = i / m < inputs && i % m < inputs;
        grams.putDouble(both ? gram[i / m * inputs + i % m] : 0);
      }
    }
    long up = exchange.allocate((long) networks.size() * depth * DeviceLayout.UP * Double.BYTES);
    long down = exchange.allocate((long) batch.layers() * DeviceLayout.DOWN * Double.BYTES);
    long found = exchange.allocate((long) batch.cells() * DeviceLayout.cellSize(m) * Double.BYTES);
    ByteBuffer argument =
        argument(DeviceLayout.ARGUMENT_BYTES)
            .putLong(exchange.written(network.flip()))
            .putLong(exchange.written(cells.flip()))
            .putLong(g)
            .putLong(xi)
            .putLong(bias)
            .putLong(readout)
            .putLong(tangents)
            .putLong(drawnGrams)
            .putLong(xiGrams)
            .putLong(restGrams)
            .putLong(squares)
            .putLong(exchange.written(grams.flip()))
            .putLong(exchange.allocate(blocks * keptBytes(batch)))
            .putLong(up)
            .putLong(down)
            .putLong(found)
            .putInt(networks.size())
            .putInt(width)
            .putInt(depth)
            .putInt(inputs)
            .putInt(batch.task().inputs().dimension())
            .putInt(shape.height(width))
            .putInt(
                DeviceArguments.wanted(batch.task(), backward, batch.hasTangents())
                    | (batch.isOrthogonal() ? DeviceArguments.ORTHOGONAL : 0));
    for (float bound : FormatCounts.floatBounds(9)) {
      argument.putFloat(bound);
    }
    launch(shape.kernel().name(), blocks, argument);
    DoubleBuffer upwards = exchange.read(up, networks.size() * depth * DeviceLayout.UP);
    DoubleBuffer downwards = exchange.read(down, batch.layers() * DeviceLayout.DOWN);
    DoubleBuffer ofCells = exchange.read(found, batch.cells() * DeviceLayout.cellSize(m));
    device.synchronise();
    collect(batch, new DeviceResults(batch, upwards, downwards, ofCells), shown, results);
  }

  private static void collect(
      DeviceBatch batch,
      DeviceResults read,
      Map<Long, ShownInputs> shown,
      IdentityHashMap<Unit, List<Measurement>> results) {
    IdentityHashMap<Cell, Measurement> found = new IdentityHashMap<>();
    int number = 0;
    int layer = 0;
    for (Unit unit : batch.units()) {
      found.clear();
      ShownInputs own = Objects.requireNonNull(shown.get(unit.seed()));
      for (int seen = 0; seen < unit.cells().size(); number++) {
        DeviceNetwork network = batch.networks().get(number);
        for (int i = 0; i < network.cells().size(); i++) {
          Cell cell = network.cells().get(i);
          found.put(cell, read.measurement(number, i, layer, null, own.relations(), own.lnSize()));
          layer += cell.network().depth();
        }
        seen += network.cells().size();
      }
      List<Measurement> inOrder = new ArrayList<>();
      unit.cells().forEach(cell -> inOrder.add(Objects.requireNonNull(found.get(cell))));
      results.put(unit, inOrder);
    }
  }

  private static ByteBuffer argument(int bytes) {
    return DeviceArguments.buffer(bytes);
  }

  private void launch(String name, int blocks, ByteBuffer argument) {
    device.launch(name, blocks, argument.rewind().limit(argument.capacity()));
  }
}
