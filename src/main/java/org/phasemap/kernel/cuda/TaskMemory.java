package org.phasemap.kernel.cuda;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What a task holds of a device's memory, and of the host's memory that the device copies from. */
final class TaskMemory implements MemorySource, AutoCloseable {
  private final CudaFunctions cuda;
  private final DriverCheck driver;
  private final Runnable synchronise;
  private final String device;
  private final List<Pointer> pinned = new ArrayList<>();
  private final List<DeviceArena> arenas = new ArrayList<>();

  /**
   * Nothing is held yet.
   *
   * @param synchronise waits until the device does nothing
   * @param device its name
   */
  TaskMemory(CudaFunctions cuda, DriverCheck driver, Runnable synchronise, String device) {
    this.cuda = cuda;
    this.driver = driver;
    this.synchronise = synchronise;
    this.device = device;
  }

  /** The device's memory, whoever holds it. */
  DeviceMemory ofDevice() {
    LongByReference free = new LongByReference();
    LongByReference total = new LongByReference();
    driver.check(cuda.cuMemGetInfo_v2(free, total), "cuMemGetInfo");
    return new DeviceMemory(free.getValue(), total.getValue());
  }

  /** As {@link CudaDevice#arena(long, boolean)}. */
  DeviceArena arena(long bytes, boolean inOne) {
    DeviceArena arena = new DeviceArena(this, bytes, inOne);
    arenas.add(arena);
    return arena;
  }

  /** As {@link CudaDevice#pinned}. */
  ByteBuffer pinned(int bytes) {
    PointerByReference made = new PointerByReference();
    driver.check(cuda.cuMemHostAlloc(made, bytes, 0), "cuMemHostAlloc of " + bytes + " bytes");
    pinned.add(made.getValue());
    made.getValue().clear(bytes);
    return made.getValue().getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
  }

  @Override
  public long allocate(long bytes) {
    LongByReference address = new LongByReference();
    int error = cuda.cuMemAlloc_v2(address, bytes);
    if (error == CudaContext.OUT_OF_MEMORY) {
      DeviceMemory memory = ofDevice();
      throw new OutOfMemoryError(
          String.format(
              "%s: %,d bytes are needed, %,d of %,d are free; %s",
              device, bytes, memory.free(), memory.total(), DeviceMemory.REMEDY));
    }
    driver.check(error, "cuMemAlloc");
    return address.getValue();
  }

  @Override
  public void free(long address) {
    driver.check(cuda.cuMemFree_v2(address), "cuMemFree");
  }

  @Override
  public void synchronise() {
    synchronise.run();
  }

  @Override
  public String toString() {
    return device;
  }

  /** Gives all back. */
  @Override
  public void close() {
    arenas.forEach(DeviceArena::close);
    pinned.forEach(buffer -> driver.check(cuda.cuMemFreeHost(buffer), "cuMemFreeHost"));
  }
}
