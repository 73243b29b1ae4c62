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
  private final CudaDevice device;
  private final CudaFunctions cuda;
  private final List<Pointer> pinned = new ArrayList<>();
  private final List<DeviceArena> arenas = new ArrayList<>();

  TaskMemory(CudaDevice device, CudaFunctions cuda) {
    this.device = device;
    this.cuda = cuda;
  }

  /** The device's memory, whoever holds it. */
  DeviceMemory ofDevice() {
    LongByReference free = new LongByReference();
    LongByReference total = new LongByReference();
    device.check(cuda.cuMemGetInfo_v2(free, total), "cuMemGetInfo");
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
    device.check(cuda.cuMemHostAlloc(made, bytes, 0), "cuMemHostAlloc of " + bytes + " bytes");
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
    device.check(error, "cuMemAlloc");
    return address.getValue();
  }

  @Override
  public void free(long address) {
    device.check(cuda.cuMemFree_v2(address), "cuMemFree");
  }

  @Override
  public void synchronise() {
    device.synchronise();
  }

  @Override
  public String toString() {
    return device.toString();
  }

  /** Gives all back. */
  @Override
  public void close() {
    arenas.forEach(DeviceArena::close);
    pinned.forEach(buffer -> device.check(cuda.cuMemFreeHost(buffer), "cuMemFreeHost"));
  }
}
