package org.phasemap.kernel.cuda;

import com.sun.jna.Pointer;

/** A point in a device's work, to measure time between two of them. */
public final class DeviceMark implements AutoCloseable {
  private final CudaDevice device;
  private final Pointer event;

  DeviceMark(CudaDevice device, Pointer event) {
    this.device = device;
    this.event = event;
  }

  /**
   * The device's seconds from one mark to this, to about 1 µs. Both must have been passed: {@link
   * CudaDevice#synchronise} first.
   */
  public double secondsSince(DeviceMark earlier) {
    return device.seconds(earlier.event, event);
  }

  @Override
  public void close() {
    device.destroy(event);
  }
}
