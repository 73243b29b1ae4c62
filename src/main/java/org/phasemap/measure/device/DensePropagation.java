package org.phasemap.measure.device;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.DeviceArena;
import org.phasemap.measure.finding.FormatCounts;
import org.phasemap.measure.finding.OutputKernel;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;

/**
 * Measures networks with explicit weights on a device, in a fixed number of launches for each batch
 * however many variants, replicates and layers it has.
 */
final class DensePropagation {
  private final CudaDevice device;
  private final DeviceExchange exchange;
  private final DenseBatch batch;
  private final DenseTables tables;

  private DensePropagation(CudaDevice device, Kernel kernel, DeviceArena arena, DenseBatch batch) {
    this.device = device;
    this.exchange = new DeviceExchange(device, arena);
    this.batch = batch;
    this.tables = new DenseTables(batch, kernel, exchange);
  }

  /**
   * Measures units, each with explicit weights.
   *
   * @param most bytes of the device that a batch may take
   */
  static IdentityHashMap<Unit, List<Measurement>> measure(
      CudaDevice device, Kernel kernel, List<Unit> units, long most) {
    IdentityHashMap<Unit, IdentityHashMap<Cell, Measurement>> found = new IdentityHashMap<>();
    for (DenseBatch batch : DenseBatches.of(units, most)) {
      int blocks = blocks(device, batch);
      DenseLayout layout = DenseLayout.of(batch);
      try (DeviceArena arena = device.arena(layout.bytes() + blocks * layout.bytesOfBlock())) {
        new DensePropagation(device, kernel, arena, batch).measure(blocks, found);
      }
    }
    IdentityHashMap<Unit, List<Measurement>> results = new IdentityHashMap<>();
    for (Unit unit : units) {
      IdentityHashMap<Cell, Measurement> own = Objects.requireNonNull(found.get(unit));
      results.put(
          unit, unit.cells().stream().map(c -> Objects.requireNonNull(own.get(c))).toList());
    }
    return results;
  }

  /** As many as the device holds at once: they wait for each other. */
  private static int blocks(CudaDevice device, DenseBatch batch) {
    return device.blocksAtOnce(kernelOf(batch));
  }

  private static String kernelOf(DenseBatch batch) {
    return "dense_" + DenseLayout.of(batch).side();
  }

  private void measure(
      int blocks, IdentityHashMap<Unit, IdentityHashMap<Cell, Measurement>> found) {
    int n = batch.width();
    int m = batch.columns();
    int depth = batch.depth();
    int draws = batch.draws().size();
    int networks = batch.networks().size();
    int block = batch.kind().block();
    int outputs = batch.outputs();
    boolean masked = batch.isMasked();
    DenseLayout layout = DenseLayout.of(batch);
    long weights = exchange.cleared(Float.BYTES * layout.weights());
    long mask = masked ? exchange.cleared(Float.BYTES * layout.weights()) : 0;
    long columns = Float.BYTES * (long) draws * n * layout.across();
    long pairs = Float.BYTES * (long) draws * layout.pairsAcross();
    long up = exchange.allocate((long) networks * depth * DeviceLayout.UP * Double.BYTES);
    long down = exchange.allocate((long) batch.layers() * DeviceLayout.DOWN * Double.BYTES);
    long results =
        exchange.allocate((long) batch.cells() * DeviceLayout.cellSize(m) * Double.BYTES);
    long ofOutputs = exchange.allocate((long) batch.cells() * batch.outputNumbers() * Double.BYTES);
    long shown = outputs > 1 ? batch.shown() : 0;
    ByteBuffer argument =
        DeviceArguments.buffer(DenseArguments.ARGUMENT_BYTES)
            .putLong(tables.networks())
            .putLong(tables.cells())
            .putLong(exchange.starts(batch.draws(), Purpose.WEIGHTS, depth))
            .putLong(masked ? exchange.starts(batch.draws(), Purpose.MASK, depth) : 0)
            .putLong(exchange.gaussian(batch.draws(), Purpose.BIASES, depth, n, 1))
            .putLong(exchange.gaussian(batch.draws(), Purpose.READOUT, 0, n, outputs))
            .putLong(
                outputs > 1
                    ? exchange.gaussian(batch.draws(), Purpose.READOUT_BIAS, 0, outputs, 1)
                    : 0)
            .putLong(masked ? exchange.uniform(batch.draws(), Purpose.READOUT_MASK, n) : 0)
            .putLong(
                batch.hasTangents()
                    ? exchange.gaussian(batch.draws(), Purpose.TANGENTS, 1, n, m)
                    : 0)
            .putLong(tables.inputs())
            .putLong(tables.inputGrams())
            .putLong(tables.ofDraws(tables::set))
            .putLong(tables.ofDraws(batch::depth))
            .putLong(tables.tiles(0, (draw, layer) -> m))
            .putLong(tables.tiles(depth, (draw, layer) -> batch.networks(draw, layer) * block))
            .putLong(
                tables.tiles(depth, (draw, layer) -> batch.cells(draw, layer) * batch.blockDown()))
            .putLong(tables.tiles(0, (draw, layer) -> batch.pairs()))
            .putLong(
                tables.tiles(depth, (draw, layer) -> batch.networks(draw, layer) * batch.pairs()))
            .putLong(tables.pairs())
            .putLong(weights)
            .putLong(mask)
            .putLong(exchange.allocate(columns))
            .putLong(exchange.allocate(columns))
            .putLong(exchange.allocate(pairs * layout.highest()))
            .putLong(exchange.allocate(pairs * n))
            .putLong(
                batch.hasBackward()
                    ? exchange.allocate((long) networks * depth * n * m * Float.BYTES)
                    : 0)
            .putLong(
                batch.hasTangents()
                    ? exchange.allocate((long) batch.cells() * n * m * Float.BYTES)
                    : 0)
            .putLong(exchange.allocate((long) networks * (depth + 1) * m * m * Double.BYTES))
            .putLong(exchange.allocate((long) networks * depth * m * Double.BYTES))
            .putLong(exchange.allocate((long) networks * Double.BYTES))
            .putLong(exchange.allocate(blocks * 2L * m * m * Double.BYTES))
            .putLong(up)
            .putLong(down)
            .putLong(results)
            .putLong(ofOutputs)
            .putLong(exchange.allocate((long) blocks * Double.BYTES * shown * shown))
            .putLong(exchange.cleared(Integer.BYTES))
            .putInt(draws)
            .putInt(networks)
            .putInt(batch.cells())
            .putInt(n)
            .putInt(depth)
            .putInt(m)
            .putInt(batch.task().inputs().dimension())
            .putInt(layout.inputsAcross())
            .putInt(layout.unitsApart())
            .putInt(layout.across())
            .putInt(layout.pairsAcross())
            .putInt(batch.pairs())
            .putInt(DeviceArguments.wanted(batch.task(), batch.hasBackward(), batch.hasTangents()))
            .putInt(outputs)
            .putInt(0);
    DenseArguments.put(batch, argument);
    for (float bound : FormatCounts.floatBounds(9)) {
      argument.putFloat(bound);
    }
    device.launchTogether(kernelOf(batch), blocks, argument.flip());
    DoubleBuffer upwards = exchange.read(up, networks * depth * DeviceLayout.UP);
    DoubleBuffer downwards = exchange.read(down, batch.layers() * DeviceLayout.DOWN);
    DoubleBuffer ofCells = exchange.read(results, batch.cells() * DeviceLayout.cellSize(m));
    DoubleBuffer kernels =
        outputs > 1
            ? exchange.read(ofOutputs, batch.cells() * batch.outputNumbers())
            : DoubleBuffer.allocate(0);
    device.synchronise();
    collect(new DeviceResults(batch, upwards, downwards, ofCells), kernels, found);
  }

  private void collect(
      DeviceResults read,
      DoubleBuffer kernels,
      IdentityHashMap<Unit, IdentityHashMap<Cell, Measurement>> found) {
    int layer = 0;
    for (int number = 0; number < batch.networks().size(); number++) {
      DeviceNetwork network = batch.networks().get(number);
      ShownInputs own = tables.shown(network.draw());
      IdentityHashMap<Cell, Measurement> ofUnit =
          found.computeIfAbsent(batch.units().get(number), unit -> new IdentityHashMap<>());
      for (int i = 0; i < network.cells().size(); i++) {
        Cell cell = network.cells().get(i);
        OutputKernel outputs =
            batch.outputs() == 1
                ? null
                : new OutputKernel(batch.outputs(), batch.columns(), kernels);
        ofUnit.put(
            cell, read.measurement(number, i, layer, outputs, own.relations(), own.lnSize()));
        layer += cell.network().depth();
      }
    }
  }
}
