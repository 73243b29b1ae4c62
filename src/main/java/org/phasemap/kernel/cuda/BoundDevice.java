package org.phasemap.kernel.cuda;

/**
 * What a thread's task may use.
 *
 * @param ordinal the driver's number of the device
 * @param bytes of its memory
 */
record BoundDevice(int ordinal, long bytes) {
  private static final ThreadLocal<BoundDevice> OF_THREAD =
      ThreadLocal.withInitial(() -> new BoundDevice(0, 1L << 30));

  /** The calling thread's: the first device and 1 GiB, unless it was bound. */
  static BoundDevice ofThread() {
    return OF_THREAD.get();
  }

  /** Makes it the calling thread's. */
  void bind() {
    OF_THREAD.set(this);
  }
}
