package org.phasemap.kernel.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * A task's memory on a device: one block, taken once, out of which pieces are cut. It belongs to
 * the thread of its device.
 *
 * <p>On the emulated device each piece is a block of its own, so that a kernel that reads or writes
 * beside one is caught.
 */
public final class DeviceArena implements AutoCloseable {
  /** Pieces start at multiples of it. */
  private static final long ALIGNMENT = 256;

  private final MemorySource source;
  private final long bytes;
  private final boolean inOne;
  private final List<Long> blocks = new ArrayList<>();
  private long used;

  /**
   * @param inOne whether all is one block
   */
  DeviceArena(MemorySource source, long bytes, boolean inOne) {
    this.source = source;
    this.bytes = bytes;
    this.inOne = inOne;
    if (inOne) {
      blocks.add(source.allocate(bytes));
    }
  }

  /** Bytes that all pieces may have together. */
  public long bytes() {
    return bytes;
  }

  /** Bytes that the pieces have, with what aligns them. */
  public long used() {
    return used;
  }

  /** Bytes of the arena that a piece of so many takes. */
  public static long aligned(long bytes) {
    return Math.multiplyExact((Math.max(bytes, 1) + ALIGNMENT - 1) / ALIGNMENT, ALIGNMENT);
  }

  /**
   * Cuts a piece whose contents are anything.
   *
   * @return its address, a multiple of 256
   * @throws OutOfMemoryError if the arena has no room for it
   */
  public long allocate(long bytes) {
    long taken = aligned(bytes);
    if (taken > this.bytes - used) {
      throw new OutOfMemoryError(
          String.format(
              "%s: %,d bytes are needed, the task has %,d of its %,d left; %s",
              source, bytes, this.bytes - used, this.bytes, DeviceMemory.REMEDY));
    }
    long address = inOne ? blocks.get(0) + used : source.allocate(Math.max(bytes, 1));
    if (!inOne) {
      blocks.add(address);
    }
    used += taken;
    return address;
  }

  /** Forgets all pieces, once the device has finished with them. */
  public void reset() {
    source.synchronise();
    if (!inOne) {
      freeAll();
    }
    used = 0;
  }

  private void freeAll() {
    blocks.forEach(source::free);
    blocks.clear();
  }

  @Override
  public void close() {
    freeAll();
  }
}
