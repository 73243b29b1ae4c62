package org.phasemap.kernel.cuda;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.FloatByReference;

/** A point in a device's work, to measure time between two of them. */
public final class DeviceMark implements AutoCloseable {
  private final CudaContext context;
  private final Pointer event;

  DeviceMark(CudaContext context, Pointer event) {
    this.context = context;
    this.event = event;
  }

  /**
   * The device's seconds from one mark to this, to about 1 µs. Both must have been passed: {@code
   * CudaDevice.synchronise} first.
   */
  public double secondsSince(DeviceMark earlier) {
    FloatByReference milliseconds = new FloatByReference();
    context.check(
        context.functions.cuEventElapsedTime(milliseconds, earlier.event, event),
        "cuEventElapsedTime");
    return milliseconds.getValue() * 1e-3;
  }

  @Override
  public void close() {
    context.check(context.functions.cuEventDestroy_v2(event), "cuEventDestroy");
  }
}
