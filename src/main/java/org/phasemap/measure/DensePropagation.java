package org.phasemap.measure;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.RandomNumbers;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.DeviceArena;
import org.phasemap.measure.DeviceBatch.Draw;
import org.phasemap.measure.DeviceBatch.Network;
import org.phasemap.measure.input.InputRelations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;

/**
 * Measures networks with explicit weights on a device, in a fixed number of launches for each batch
 * however many variants, replicates and layers it has.
 */
final class DensePropagation {
  /** Numbers that a block draws. */
  private static final int CHUNK = 1024;

  private final CudaDevice device;
  private final Kernel kernel;
  private final DeviceArena arena;
  private final DenseBatch batch;
  private final Map<Long, Integer> sets = new HashMap<>();
  private final List<Shown> shown = new ArrayList<>();

  private DensePropagation(
      CudaDevice device, Kernel kernel, DeviceArena arena, DenseBatch batch) {
    this.device = device;
    this.kernel = kernel;
    this.arena = arena;
    this.batch = batch;
  }

  /**
   * Measures units, each with explicit weights.
   *
   * @param most bytes of the device that a batch may take
   */
  static IdentityHashMap<Unit, List<Measurement>> measure(
      CudaDevice device, Kernel kernel, List<Unit> units, long most) {
    IdentityHashMap<Unit, IdentityHashMap<Cell, Measurement>> found = new IdentityHashMap<>();
    for (DenseBatch batch : DenseBatch.of(units, most)) {
      int blocks = blocks(device, batch);
      long m = batch.columns();
      try (DeviceArena arena = device.arena(batch.bytes() + blocks * 2 * m * m * Double.BYTES)) {
        new DensePropagation(device, kernel, arena, batch).measure(blocks, found);
      }
    }
    IdentityHashMap<Unit, List<Measurement>> results = new IdentityHashMap<>();
    for (Unit unit : units) {
      IdentityHashMap<Cell, Measurement> own = Objects.requireNonNull(found.get(unit));
      results.put(unit, unit.cells().stream().map(c -> Objects.requireNonNull(own.get(c))).toList());
    }
    return results;
  }

  private static String kernelOf(DenseBatch batch) {
    return "dense_" + batch.side();
  }

  /** As many as the device holds at once: they wait for each other. */
  private static int blocks(CudaDevice device, DenseBatch batch) {
    return device.blocksAtOnce(kernelOf(batch));
  }

  /** What a batch knows of the inputs of one seed. */
  private record Shown(float[] columns, double[] gram, InputRelations relations, double lnSize) {}

  private Shown shown(long seed) {
    try (Matrix inputs = InputColumns.draw(kernel, batch.task().inputs(), seed)) {
      int m = inputs.columns();
      double[] gram = kernel.gram(inputs, m);
      double sum = 0;
      for (int a = 0; a < m; a++) {
        sum += Math.log(gram[a * (m + 1)] / inputs.rows());
      }
      return new Shown(inputs.read(), gram, InputRelations.of(inputs.read(), m), sum / m);
    }
  }

  private Shown shownTo(int draw) {
    return shown.get(Objects.requireNonNull(sets.get(batch.draws().get(draw).seed())));
  }

  private void measure(
      int blocks, IdentityHashMap<Unit, IdentityHashMap<Cell, Measurement>> found) {
    for (Draw draw : batch.draws()) {
      sets.computeIfAbsent(
          draw.seed(),
          seed -> {
            shown.add(shown(seed));
            return shown.size() - 1;
          });
    }
    int n = batch.width();
    int m = batch.columns();
    int depth = batch.depth();
    int draws = batch.draws().size();
    int networks = batch.networks().size();
    boolean masked = batch.isMasked();
    long weights = cleared(Float.BYTES * batch.weights());
    long mask = masked ? cleared(Float.BYTES * batch.weights()) : 0;
    long columns = Float.BYTES * (long) draws * n * batch.across();
    long pairs = Float.BYTES * (long) draws * batch.pairsAcross();
    long up = arena.allocate((long) networks * depth * DeviceLayout.UP * Double.BYTES);
    long down = arena.allocate((long) batch.layers() * DeviceLayout.DOWN * Double.BYTES);
    long results = arena.allocate((long) batch.cells() * DeviceLayout.cellSize(m) * Double.BYTES);
    ByteBuffer argument =
        DeviceArguments.buffer(DenseArguments.ARGUMENT_BYTES)
            .putLong(networks())
            .putLong(cells())
            .putLong(starts(Purpose.WEIGHTS, depth))
            .putLong(masked ? starts(Purpose.MASK, depth) : 0)
            .putLong(drawn(Purpose.BIASES, depth, 1))
            .putLong(drawn(Purpose.READOUT, 0, 1))
            .putLong(masked ? uniform(Purpose.READOUT_MASK) : 0)
            .putLong(batch.hasTangents() ? drawn(Purpose.TANGENTS, 1, m) : 0)
            .putLong(inputs())
            .putLong(inputGrams())
            .putLong(ints(draws, d -> Objects.requireNonNull(sets.get(batch.draws().get(d).seed()))))
            .putLong(ints(draws, batch::depth))
            .putLong(tiles(0, (draw, layer) -> m))
            .putLong(tiles(depth, (draw, layer) -> batch.networks(draw, layer) * batch.kind().block()))
            .putLong(tiles(depth, (draw, layer) -> batch.cells(draw, layer) * batch.kind().block()))
            .putLong(tiles(0, (draw, layer) -> batch.pairs()))
            .putLong(tiles(depth, (draw, layer) -> batch.networks(draw, layer) * batch.pairs()))
            .putLong(pairs())
            .putLong(weights)
            .putLong(mask)
            .putLong(arena.allocate(columns))
            .putLong(arena.allocate(columns))
            .putLong(arena.allocate(pairs * batch.highest()))
            .putLong(arena.allocate(pairs * n))
            .putLong(
                batch.hasBackward()
                    ? arena.allocate((long) networks * depth * n * m * Float.BYTES)
                    : 0)
            .putLong(
                batch.hasTangents()
                    ? arena.allocate((long) batch.cells() * n * m * Float.BYTES)
                    : 0)
            .putLong(arena.allocate((long) networks * (depth + 1) * m * m * Double.BYTES))
            .putLong(arena.allocate((long) networks * depth * m * Double.BYTES))
            .putLong(arena.allocate((long) networks * Double.BYTES))
            .putLong(arena.allocate(blocks * 2L * m * m * Double.BYTES))
            .putLong(up)
            .putLong(down)
            .putLong(results)
            .putLong(cleared(Integer.BYTES))
            .putInt(draws)
            .putInt(networks)
            .putInt(batch.cells())
            .putInt(n)
            .putInt(depth)
            .putInt(m)
            .putInt(batch.task().inputs().dimension())
            .putInt(batch.inputsAcross())
            .putInt(batch.unitsApart())
            .putInt(batch.across())
            .putInt(batch.pairsAcross())
            .putInt(batch.pairs())
            .putInt(
                DeviceArguments.wanted(batch.task(), batch.hasBackward(), batch.hasTangents()));
    DenseArguments.put(batch, argument);
    for (float bound : FormatCounts.floatBounds(9)) {
      argument.putFloat(bound);
    }
    device.launchTogether(kernelOf(batch), blocks, argument.flip());
    DoubleBuffer upwards = read(up, networks * depth * DeviceLayout.UP);
    DoubleBuffer downwards = read(down, batch.layers() * DeviceLayout.DOWN);
    DoubleBuffer ofCells = read(results, batch.cells() * DeviceLayout.cellSize(m));
    device.synchronise();
    collect(new DeviceResults(batch, upwards, downwards, ofCells), found);
  }

  private void collect(
      DeviceResults read, IdentityHashMap<Unit, IdentityHashMap<Cell, Measurement>> found) {
    int layer = 0;
    for (int number = 0; number < batch.networks().size(); number++) {
      Network network = batch.networks().get(number);
      Shown own = shownTo(network.draw());
      IdentityHashMap<Cell, Measurement> ofUnit =
          found.computeIfAbsent(batch.units().get(number), unit -> new IdentityHashMap<>());
      for (int i = 0; i < network.cells().size(); i++) {
        Cell cell = network.cells().get(i);
        ofUnit.put(cell, read.measurement(number, i, layer, own.relations, own.lnSize));
        layer += cell.network().depth();
      }
    }
  }

  private long networks() {
    int[] place = new int[batch.networks().size()];
    for (int draw = 0; draw < batch.draws().size(); draw++) {
      List<Integer> inOrder = batch.networks(draw);
      for (int i = 0; i < inOrder.size(); i++) {
        place[inOrder.get(i)] = i;
      }
    }
    ByteBuffer bytes = DeviceArguments.buffer(place.length * DenseArguments.NETWORK_BYTES);
    for (int number = 0; number < place.length; number++) {
      Network network = batch.networks().get(number);
      DenseArguments.put(
          batch,
          network,
          place[number],
          shownTo(network.draw())
              .relations
              .twins(network.variant().activation(), network.variant().sigmaB2()),
          bytes);
    }
    return written(bytes.flip());
  }

  private long cells() {
    int[][] place = new int[batch.networks().size()][];
    for (int number = 0; number < place.length; number++) {
      place[number] = new int[batch.networks().get(number).cells().size()];
    }
    for (int draw = 0; draw < batch.draws().size(); draw++) {
      List<int[]> inOrder = batch.cells(draw);
      for (int i = 0; i < inOrder.size(); i++) {
        place[inOrder.get(i)[0]][inOrder.get(i)[1]] = i;
      }
    }
    ByteBuffer bytes = DeviceArguments.buffer(batch.cells() * DenseArguments.CELL_BYTES);
    int layer = 0;
    for (int number = 0; number < place.length; number++) {
      Network network = batch.networks().get(number);
      for (int i = 0; i < network.cells().size(); i++) {
        int depth = network.cells().get(i).network().depth();
        bytes
            .putInt(number)
            .putInt(network.draw())
            .putInt(depth)
            .putInt(place[number][i] * batch.kind().block())
            .putInt(layer);
        layer += depth;
      }
    }
    return written(bytes.flip());
  }

  /** [set][row][column], 0 beyond the inputs. */
  private long inputs() {
    int m = batch.columns();
    int across = batch.inputsAcross();
    int dimension = batch.task().inputs().dimension();
    ByteBuffer bytes =
        DeviceArguments.buffer(
            Math.multiplyExact(shown.size(), dimension * across * Float.BYTES));
    for (int set = 0; set < shown.size(); set++) {
      float[] columns = shown.get(set).columns;
      for (int a = 0; a < m; a++) {
        for (int row = 0; row < dimension; row++) {
          bytes.putFloat(
              Float.BYTES * ((set * dimension + row) * across + a), columns[a * dimension + row]);
        }
      }
    }
    return written(bytes);
  }

  private long inputGrams() {
    int m = batch.columns();
    ByteBuffer bytes = DeviceArguments.buffer(shown.size() * m * m * Double.BYTES);
    for (Shown each : shown) {
      for (double entry : each.gram) {
        bytes.putDouble(entry);
      }
    }
    return written(bytes.flip());
  }

  /** Inputs of each product, a byte each. */
  private long pairs() {
    int m = batch.columns();
    boolean offDiagonal = batch.task().hasGradientPairs();
    ByteBuffer bytes = DeviceArguments.buffer(Math.max(1, 2 * batch.pairs()));
    for (int a = 0; a < m && batch.pairs() > 0; a++) {
      for (int b = offDiagonal ? 0 : a; b <= a; b++) {
        bytes.put((byte) a).put((byte) b);
      }
    }
    return written(bytes.rewind());
  }

  /**
   * Tiles across that stand before those of each draw, and of all.
   *
   * @param layers 1 to this; 0 for what belongs to no layer
   * @param columns of a draw and layer
   * @return [layer][draw + 1]
   */
  private long tiles(int layers, IntBinaryOperator columns) {
    int draws = batch.draws().size();
    ByteBuffer bytes =
        DeviceArguments.buffer(Math.max(layers, 1) * (draws + 1) * Integer.BYTES);
    for (int layer = layers == 0 ? 0 : 1; layer <= layers; layer++) {
      int before = 0;
      for (int draw = 0; draw < draws; draw++) {
        bytes.putInt(before);
        before += (columns.applyAsInt(draw, layer) + batch.side() - 1) / batch.side();
      }
      bytes.putInt(before);
    }
    return written(bytes.flip());
  }

  private long ints(int count, IntUnaryOperator of) {
    ByteBuffer bytes = DeviceArguments.buffer(count * Integer.BYTES);
    for (int i = 0; i < count; i++) {
      bytes.putInt(of.applyAsInt(i));
    }
    return written(bytes.flip());
  }

  /** Names of the streams of each draw's layers, 1 to this, or of what belongs to no layer. */
  private long starts(Purpose purpose, int layers) {
    int streams = batch.draws().size() * Math.max(layers, 1);
    ByteBuffer starts = DeviceArguments.buffer(streams * 6 * Integer.BYTES);
    for (Draw draw : batch.draws()) {
      for (int layer = layers == 0 ? 0 : 1; layer <= layers; layer++) {
        Stream stream = new Stream(draw.seed(), draw.replicate(), layer, purpose);
        for (int word : RandomNumbers.start(stream)) {
          starts.putInt(word);
        }
      }
    }
    return written(starts.flip());
  }

  /** Gaussian columns, [draw][layer][row][column]. */
  private long drawn(Purpose purpose, int layers, int columns) {
    int n = batch.width();
    int streams = batch.draws().size() * Math.max(layers, 1);
    long out = arena.allocate((long) streams * n * columns * Float.BYTES);
    int chunks = Math.toIntExact(((long) n * columns + CHUNK - 1) / CHUNK);
    device.launch(
        "draw_columns",
        Math.multiplyExact(chunks, streams),
        DeviceArguments.buffer(2 * Long.BYTES + 8 * Integer.BYTES)
            .putLong(starts(purpose, layers))
            .putLong(out)
            .putInt(n)
            .putInt(n)
            .putInt(columns)
            .putInt(columns)
            .putInt(columns)
            .putInt(0)
            .putInt(chunks)
            .rewind());
    return out;
  }

  /** Uniform numbers, [draw][row]. */
  private long uniform(Purpose purpose) {
    int n = batch.width();
    int draws = batch.draws().size();
    long out = arena.allocate((long) draws * n * Float.BYTES);
    int chunks = (n + CHUNK - 1) / CHUNK;
    device.launch(
        "draw_uniform",
        Math.multiplyExact(chunks, draws),
        DeviceArguments.buffer(4 * Long.BYTES + 4 * Integer.BYTES)
            .putLong(starts(purpose, 0))
            .putLong(out)
            .putLong(n)
            .putLong(n)
            .putInt(chunks)
            .putInt(n)
            .putInt(1)
            .putInt(0)
            .flip());
    return out;
  }

  private long cleared(long bytes) {
    long at = arena.allocate(bytes);
    device.clear(at, bytes);
    return at;
  }

  private long written(ByteBuffer bytes) {
    long to = arena.allocate(bytes.remaining());
    device.write(to, bytes);
    return to;
  }

  private DoubleBuffer read(long from, int numbers) {
    ByteBuffer bytes = DeviceArguments.buffer(numbers * Double.BYTES);
    device.read(from, bytes);
    return bytes.asDoubleBuffer();
  }
}
