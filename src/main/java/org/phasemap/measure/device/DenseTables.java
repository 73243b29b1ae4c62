package org.phasemap.measure.device;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.device.DeviceBatch.Draw;

/** What a batch's launch is told of its networks, cells, draws and inputs; each once. */
final class DenseTables {
  private final DenseBatch batch;
  private final DenseLayout layout;
  private final DeviceExchange exchange;

  /** Inputs of each seed. */
  private final List<ShownInputs> shown = new ArrayList<>();

  private final Map<Long, Integer> sets = new HashMap<>();

  /**
   * @param kernel of the CPU, which makes the inputs
   */
  DenseTables(DenseBatch batch, Kernel kernel, DeviceExchange exchange) {
    this.batch = batch;
    this.layout = DenseLayout.of(batch);
    this.exchange = exchange;
    for (Draw draw : batch.draws()) {
      if (sets.putIfAbsent(draw.seed(), shown.size()) == null) {
        shown.add(ShownInputs.of(kernel, batch.task().inputs(), draw.seed()));
      }
    }
  }

  /** Number of a draw's inputs among all. */
  int set(int draw) {
    return Objects.requireNonNull(sets.get(batch.draws().get(draw).seed()));
  }

  ShownInputs shown(int draw) {
    return shown.get(set(draw));
  }

  /** {@code DenseNetwork} of each. */
  long networks() {
    int[] place = new int[batch.networks().size()];
    for (int draw = 0; draw < batch.draws().size(); draw++) {
      List<Integer> inOrder = batch.networks(draw);
      for (int i = 0; i < inOrder.size(); i++) {
        place[inOrder.get(i)] = i;
      }
    }
    ByteBuffer bytes = DeviceArguments.buffer(place.length * DenseArguments.NETWORK_BYTES);
    for (int number = 0; number < place.length; number++) {
      DeviceNetwork network = batch.networks().get(number);
      DenseArguments.put(
          batch,
          network,
          place[number],
          shown(network.draw())
              .relations()
              .twins(network.variant().activation(), network.variant().sigmaB2()),
          bytes);
    }
    return exchange.written(bytes.flip());
  }

  /** {@code DenseCell} of each. */
  long cells() {
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
      DeviceNetwork network = batch.networks().get(number);
      for (int i = 0; i < network.cells().size(); i++) {
        int depth = network.cells().get(i).network().depth();
        bytes
            .putInt(number)
            .putInt(network.draw())
            .putInt(depth)
            .putInt(place[number][i] * batch.blockDown())
            .putInt(layer);
        layer += depth;
      }
    }
    return exchange.written(bytes.flip());
  }

  /** [set][row][column], 0 beyond the inputs. */
  long inputs() {
    int m = batch.columns();
    int across = layout.inputsAcross();
    int dimension = batch.task().inputs().dimension();
    ByteBuffer bytes =
        DeviceArguments.buffer(Math.multiplyExact(shown.size(), dimension * across * Float.BYTES));
    for (int set = 0; set < shown.size(); set++) {
      float[] columns = shown.get(set).columns();
      for (int a = 0; a < m; a++) {
        for (int row = 0; row < dimension; row++) {
          bytes.putFloat(
              Float.BYTES * ((set * dimension + row) * across + a), columns[a * dimension + row]);
        }
      }
    }
    return exchange.written(bytes);
  }

  /** [set] m × m. */
  long inputGrams() {
    int m = batch.columns();
    ByteBuffer bytes = DeviceArguments.buffer(shown.size() * m * m * Double.BYTES);
    for (ShownInputs each : shown) {
      for (double entry : each.gram()) {
        bytes.putDouble(entry);
      }
    }
    return exchange.written(bytes.flip());
  }

  /** Inputs of each product, a byte each. */
  long pairs() {
    int m = batch.columns();
    boolean offDiagonal = batch.task().hasGradientPairs();
    ByteBuffer bytes = DeviceArguments.buffer(Math.max(1, 2 * batch.pairs()));
    for (int a = 0; a < m && batch.pairs() > 0; a++) {
      for (int b = offDiagonal ? 0 : a; b <= a; b++) {
        bytes.put((byte) a).put((byte) b);
      }
    }
    return exchange.written(bytes.rewind());
  }

  /**
   * Tiles across that stand before those of each draw, and of all.
   *
   * @param layers 1 to this; 0 for what belongs to no layer
   * @param columns of a draw and layer
   * @return [layer][draw + 1]
   */
  long tiles(int layers, IntBinaryOperator columns) {
    int draws = batch.draws().size();
    ByteBuffer bytes = DeviceArguments.buffer(Math.max(layers, 1) * (draws + 1) * Integer.BYTES);
    for (int layer = layers == 0 ? 0 : 1; layer <= layers; layer++) {
      int before = 0;
      for (int draw = 0; draw < draws; draw++) {
        bytes.putInt(before);
        before += (columns.applyAsInt(draw, layer) + layout.side() - 1) / layout.side();
      }
      bytes.putInt(before);
    }
    return exchange.written(bytes.flip());
  }

  /** A number of each draw. */
  long ofDraws(IntUnaryOperator number) {
    int draws = batch.draws().size();
    ByteBuffer bytes = DeviceArguments.buffer(draws * Integer.BYTES);
    for (int draw = 0; draw < draws; draw++) {
      bytes.putInt(number.applyAsInt(draw));
    }
    return exchange.written(bytes.flip());
  }
}
