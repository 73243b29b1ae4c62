package org.phasemap.kernel.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.phasemap.kernel.DeviceCheck;
import org.phasemap.kernel.RandomNumbers;
import org.phasemap.kernel.Stream;

/**
 * Draws Gaussian numbers on a device, which takes every IEEE operation but division, and compares
 * them with {@link RandomNumbers}.
 */
public final class DeviceDraw {
  private static final int STREAMS = 5;
  private static final int COUNT = 10_000;
  private static final int CHUNK = 1024;
  private static final int ARGUMENT_BYTES = 48;
  private static final long SEED = 0x123456789abcdefL;

  private DeviceDraw() {}

  /** Draws and compares. */
  public static DeviceCheck check(CudaDevice device) {
    try (DeviceArena arena = device.arena(DeviceArena.aligned(4L * STREAMS * (COUNT + 6)) + 256)) {
      ByteBuffer starts = direct(24 * STREAMS);
      for (int s = 0; s < STREAMS; s++) {
        for (int word : RandomNumbers.start(stream(s))) {
          starts.putInt(word);
        }
      }
      long startsOnDevice = arena.allocate(starts.capacity());
      device.write(startsOnDevice, starts.flip());
      long out = arena.allocate(4L * STREAMS * COUNT);
      int chunks = (COUNT + CHUNK - 1) / CHUNK;
      ByteBuffer argument =
          direct(ARGUMENT_BYTES)
              .putLong(startsOnDevice)
              .putLong(out)
              .putLong(COUNT)
              .putLong(COUNT)
              .putInt(chunks)
              .putInt(COUNT)
              .putInt(1)
              .putInt(0)
              .flip();
      device.launch("draw_gaussian", STREAMS * chunks, argument);
      ByteBuffer drawn = direct(4 * STREAMS * COUNT);
      device.read(out, drawn);
      device.synchronise();
      return new DeviceCheck(device.description(), (long) STREAMS * COUNT, different(drawn));
    }
  }

  private static long different(ByteBuffer drawn) {
    long[] different = new long[1];
    for (int s = 0; s < STREAMS; s++) {
      int from = s * COUNT;
      new RandomNumbers()
          .gaussian(
              stream(s),
              COUNT,
              (first, values, count) -> {
                for (int i = 0; i < count; i++) {
                  int bits = drawn.getInt(4 * (int) (from + first + i));
                  different[0] += bits == Float.floatToRawIntBits(values[i]) ? 0 : 1;
                }
              });
    }
    return different[0];
  }

  private static Stream stream(int number) {
    return new Stream(SEED * (number + 1), number, number + 1, Stream.Purpose.FORWARD);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
