package org.phasemap.kernel.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.DoubleStream;

/**
 * How fast a device is at best, measured by kernels that do nothing else.
 *
 * @param copyBytes a second, read and written, between two places of its memory
 * @param flops a second in float32, two for a fused product
 * @param flops64 a second in float64
 */
public record Ceilings(double copyBytes, double flops, double flops64) {
  private static final int THREADS = DeviceKernels.of("fma_ceiling").threads();
  private static final int FMAS_OF_A_ROUND = 64;
  private static final int TRIES = 5;

  /**
   * Measures.
   *
   * @param scale of the work: 1 takes a large GPU some milliseconds, and half a gigabyte
   */
  public static Ceilings measure(CudaDevice device, double scale) {
    int blocks = 32 * device.multiprocessors();
    long bytes = Math.max(1, (long) (scale * (1 << 24))) * 16;
    int rounds = (int) Math.max(1, scale * 2000);
    long results = 8L * blocks * THREADS;
    long memory = Math.max(2 * DeviceArena.aligned(bytes), DeviceArena.aligned(results));
    try (DeviceArena arena = device.arena(memory)) {
      long from = arena.allocate(bytes);
      long to = arena.allocate(bytes);
      device.clear(from, bytes);
      ByteBuffer copy = argument().putLong(from).putLong(to).putLong(bytes / 16).flip();
      double copying = seconds(device, "copy_ceiling", blocks, copy);
      arena.reset();
      long out = arena.allocate(results);
      ByteBuffer single = argument().putLong(out).putFloat(0.5f).putInt(rounds).flip();
      double multiplying = seconds(device, "fma_ceiling", blocks, single);
      ByteBuffer twice = argument().putLong(out).putDouble(0.5).putInt(rounds).putInt(0).flip();
      double multiplying64 = seconds(device, "fma64_ceiling", blocks, twice);
      double flops = 2.0 * FMAS_OF_A_ROUND * rounds * blocks * THREADS;
      return new Ceilings(2.0 * bytes / copying, flops / multiplying, flops / multiplying64);
    }
  }

  /** The quickest of some launches, after one that does not count. */
  private static double seconds(CudaDevice device, String kernel, int blocks, ByteBuffer argument) {
    device.launch(kernel, blocks, argument);
    return DoubleStream.generate(() -> once(device, kernel, blocks, argument))
        .limit(TRIES)
        .min()
        .orElseThrow();
  }

  private static double once(CudaDevice device, String kernel, int blocks, ByteBuffer argument) {
    try (DeviceMark start = device.mark()) {
      device.launch(kernel, blocks, argument);
      try (DeviceMark end = device.mark()) {
        device.synchronise();
        return end.secondsSince(start);
      }
    }
  }

  private static ByteBuffer argument() {
    return ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder());
  }
}
