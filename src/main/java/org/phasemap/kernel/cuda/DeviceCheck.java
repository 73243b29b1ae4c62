package org.phasemap.kernel.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.phasemap.kernel.RandomNumbers;
import org.phasemap.kernel.Stream;

/**
 * Whether a device computes with the bits that it must have: it draws Gaussian numbers, which take
 * every IEEE operation but division, and they are compared with {@link RandomNumbers}.
 *
 * @param numbers that were drawn
 * @param different numbers that have other bits
 */
public record DeviceCheck(long numbers, long different) {
  private static final int STREAMS = 5;
  private static final int COUNT = 10_000;
  private static final int CHUNK = 1024;
  private static final int THREADS = 256;
  private static final int ARGUMENT_BYTES = 48;
  private static final long SEED = 0x123456789abcdefL;

  /** Draws. */
  public static DeviceCheck run(CudaDevice device) {
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
      device.launch("draw_gaussian", STREAMS * chunks, THREADS, 0, argument);
      ByteBuffer drawn = direct(4 * STREAMS * COUNT);
      device.read(out, drawn);
      device.synchronise();
      return compare(drawn);
    }
  }

  private static DeviceCheck compare(ByteBuffer drawn) {
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
    return new DeviceCheck((long) STREAMS * COUNT, different[0]);
  }

  private static Stream stream(int number) {
    return new Stream(SEED * (number + 1), number, number + 1, Stream.Purpose.FORWARD);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Whether all bits are right. */
  public boolean passes() {
    return different == 0;
  }
}
