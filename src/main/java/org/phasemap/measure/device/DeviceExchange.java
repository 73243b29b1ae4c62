package org.phasemap.measure.device;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.List;
import org.phasemap.kernel.RandomNumbers;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.DeviceArena;
import org.phasemap.measure.device.DeviceBatch.Draw;

/** What goes to a device for a batch, and comes back. */
final class DeviceExchange {
  /** Numbers that a block draws. */
  static final int CHUNK = 1024;

  private final CudaDevice device;
  private final DeviceArena arena;

  DeviceExchange(CudaDevice device, DeviceArena arena) {
    this.device = device;
    this.arena = arena;
  }

  /** Memory whose contents are anything. */
  long allocate(long bytes) {
    return arena.allocate(bytes);
  }

  /** Memory of zeros. */
  long cleared(long bytes) {
    long at = arena.allocate(bytes);
    device.clear(at, bytes);
    return at;
  }

  /** A copy of a buffer's bytes from position to limit. */
  long written(ByteBuffer bytes) {
    long to = arena.allocate(bytes.remaining());
    device.write(to, bytes);
    return to;
  }

  /** Float64 numbers, once the device has been synchronised. */
  DoubleBuffer read(long from, int numbers) {
    ByteBuffer bytes = DeviceArguments.buffer(Math.multiplyExact(numbers, Double.BYTES));
    device.read(from, bytes);
    return bytes.asDoubleBuffer();
  }

  /**
   * Names of streams, [draw][layer][6].
   *
   * @param layers 1 to this; 0 for what belongs to no layer
   */
  long starts(List<Draw> draws, Purpose purpose, int layers) {
    ByteBuffer starts =
        DeviceArguments.buffer(
            Math.multiplyExact(draws.size(), Math.max(layers, 1) * 6 * Integer.BYTES));
    for (Draw draw : draws) {
      for (int layer = layers == 0 ? 0 : 1; layer <= layers; layer++) {
        Stream stream = new Stream(draw.seed(), draw.replicate(), layer, purpose);
        for (int word : RandomNumbers.start(stream)) {
          starts.putInt(word);
        }
      }
    }
    return written(starts.flip());
  }

  /**
   * Gaussian columns, [draw][layer][row][column].
   *
   * @param layers as of {@link #starts}
   * @param n rows
   */
  long gaussian(List<Draw> draws, Purpose purpose, int layers, int n, int columns) {
    int streams = draws.size() * Math.max(layers, 1);
    long out = allocate((long) streams * n * columns * Float.BYTES);
    int chunks = Math.toIntExact(((long) n * columns + CHUNK - 1) / CHUNK);
    device.launch(
        "draw_columns",
        Math.multiplyExact(chunks, streams),
        DeviceArguments.buffer(2 * Long.BYTES + 8 * Integer.BYTES)
            .putLong(starts(draws, purpose, layers))
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
  long uniform(List<Draw> draws, Purpose purpose, int n) {
    long out = allocate((long) draws.size() * n * Float.BYTES);
    int chunks = (n + CHUNK - 1) / CHUNK;
    device.launch(
        "draw_uniform",
        Math.multiplyExact(chunks, draws.size()),
        DeviceArguments.buffer(4 * Long.BYTES + 4 * Integer.BYTES)
            .putLong(starts(draws, purpose, 0))
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
}
