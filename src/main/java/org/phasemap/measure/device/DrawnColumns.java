package org.phasemap.measure.device;

import java.nio.ByteBuffer;
import java.util.List;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.measure.device.DeviceBatch.Draw;

/** What a batch of weight-free networks draws, once for each seed and replicate. */
final class DrawnColumns {
  private final CudaDevice device;
  private final DeviceExchange exchange;
  private final DeviceBatch batch;

  DrawnColumns(CudaDevice device, DeviceExchange exchange, DeviceBatch batch) {
    this.device = device;
    this.exchange = exchange;
    this.batch = batch;
  }

  /**
   * Draws each layer's columns.
   *
   * @param layers 1 to this; 0 for what belongs to no layer
   * @param count columns that are drawn
   * @param columns of a row; where more are drawn than inputs, tangents stand from the middle on
   * @return [draw][layer][row][column], float32, 0 beyond what is drawn
   */
  long gaussian(Purpose purpose, int layers, int count, int columns) {
    return gaussian(purpose, layers, batch.width(), count, columns);
  }

  private long gaussian(Purpose purpose, int layers, int rows, int count, int columns) {
    List<Draw> draws = batch.draws();
    int streams = draws.size() * Math.max(layers, 1);
    int height = batch.shape().height(rows);
    long out = exchange.cleared((long) streams * height * columns * Float.BYTES);
    int inputs = batch.task().inputs().count();
    int chunks =
        Math.toIntExact(((long) rows * count + DeviceExchange.CHUNK - 1) / DeviceExchange.CHUNK);
    device.launch(
        "draw_columns",
        Math.multiplyExact(chunks, streams),
        argument(2 * Long.BYTES + 7 * Integer.BYTES + 4)
            .putLong(exchange.starts(draws, purpose, layers))
            .putLong(out)
            .putInt(rows)
            .putInt(height)
            .putInt(count)
            .putInt(columns)
            .putInt(inputs)
            .putInt(columns / 2 - inputs)
            .putInt(chunks)
            .rewind());
    return out;
  }

  /**
   * Gram matrices of columns and, last, of another one.
   *
   * @param columns [draw][layer][row][M]
   * @param last [draw][layer][row]
   * @return [draw][layer] (M + 1) × (M + 1)
   */
  long grams(long columns, long last, int layers, int rows) {
    int m = batch.columns();
    int count = batch.draws().size() * layers;
    long out = exchange.allocate((long) count * (m + 1) * (m + 1) * Double.BYTES);
    device.launch(
        "drawn_gram_" + m,
        count,
        argument(3 * Long.BYTES + 2 * Integer.BYTES)
            .putLong(columns)
            .putLong(last)
            .putLong(out)
            .putInt(rows)
            .putInt(batch.shape().height(rows))
            .rewind());
    return out;
  }

  /** Of the rows of layer 1's frame that the layer does not show, [draw]; the last column is 0. */
  long gramsOfRest(int count) {
    int rows = batch.rest();
    long rest = gaussian(Purpose.FORWARD_REST, 1, rows, count, batch.columns());
    long none =
        exchange.cleared((long) batch.draws().size() * batch.shape().height(rows) * Float.BYTES);
    return grams(rest, none, 1, rows);
  }

  private static ByteBuffer argument(int bytes) {
    return DeviceArguments.buffer(bytes);
  }
}
