package org.phasemap.train.device;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import org.phasemap.data.Examples;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.DeviceArena;
import org.phasemap.train.device.DeviceTrainingLayout.Result;

/**
 * A launch that trains a batch, and where it leaves what.
 *
 * @param networks that are trained
 * @param memory of the blocks: the parameters of the last network of each stand first
 * @param curves [network][due + 1][2]
 * @param figures of loss and accuracy of a curve
 * @param results [network][{@link Result}]
 */
record DeviceTrainingLaunch(
    CudaDevice device, int networks, long memory, long curves, int figures, long results) {
  static final String KERNEL = "train_mlp";

  /**
   * Stages a batch and launches.
   *
   * @param arena of the bytes that the batch and its blocks need
   * @param stop where the launch finds an int that is 0 until it is to end
   */
  static DeviceTrainingLaunch of(
      CudaDevice device,
      DeviceArena arena,
      DeviceTrainingBatch batch,
      DeviceTrainingTables tables,
      int blocks,
      long stop) {
    int networks = batch.networks();
    int[] due = tables.due();
    int figures = 2 * (due.length + 1);
    long order = written(device, arena, tables.orders());
    long memory = arena.allocate(blocks * batch.blockBytes());
    long curves = arena.allocate((long) networks * figures * Double.BYTES);
    long results = arena.allocate((long) networks * Result.values().length * Double.BYTES);
    long next = arena.allocate(Integer.BYTES);
    device.clear(next, Integer.BYTES);
    ByteBuffer argument =
        DeviceTrainingLayout.buffer(DeviceTrainingLayout.ARGUMENT_BYTES)
            .putLong(written(device, arena, tables.networks()))
            .putLong(written(device, arena, tables.recipes()))
            .putLong(written(device, arena, tables.corrections()))
            .putLong(order)
            .putLong(written(device, arena, DeviceTrainingTables.ints(due)));
    put(device, arena, tables.data().train(), argument);
    put(device, arena, tables.data().test(), argument);
    argument
        .putLong(memory)
        .putLong(curves)
        .putLong(results)
        .putLong(next)
        .putLong(stop)
        .putLong(batch.blockBytes())
        .putInt(networks)
        .putInt(tables.data().dimension())
        .putInt(tables.data().classes())
        .putInt(due.length);
    device.launch(KERNEL, blocks, argument.flip());
    return new DeviceTrainingLaunch(device, networks, memory, curves, figures, results);
  }

  private static void put(
      CudaDevice device, DeviceArena arena, Examples examples, ByteBuffer argument) {
    argument
        .putLong(written(device, arena, DeviceTrainingTables.features(examples)))
        .putLong(written(device, arena, DeviceTrainingTables.ints(examples.labels())))
        .putLong(examples.count());
  }

  private static long written(CudaDevice device, DeviceArena arena, ByteBuffer bytes) {
    long to = arena.allocate(bytes.remaining());
    if (bytes.hasRemaining()) {
      device.write(to, bytes);
    }
    return to;
  }

  /** Curves of all networks, once the device has been synchronised. */
  DoubleBuffer readCurves() {
    return read(curves, networks * figures);
  }

  /** Figures of all networks, once the device has been synchronised. */
  DoubleBuffer readResults() {
    return read(results, networks * Result.values().length);
  }

  private DoubleBuffer read(long from, int numbers) {
    ByteBuffer bytes = DeviceTrainingLayout.buffer((long) numbers * Double.BYTES);
    device.read(from, bytes);
    return bytes.asDoubleBuffer();
  }
}
