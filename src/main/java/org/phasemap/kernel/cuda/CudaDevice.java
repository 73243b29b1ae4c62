package org.phasemap.kernel.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.phasemap.kernel.DeviceFailure;

/**
 * A GPU, as one task uses it: a stream of its own in the context that the process shares. Work
 * waits in the stream, in order, until {@link #synchronise}; until then buffers that take part in
 * it must be left alone. An instance belongs to the thread that opened it.
 *
 * <p>Every method throws {@link DeviceFailure} where a launch, this or an earlier one, has made the
 * process unable to use the device.
 */
public final class CudaDevice implements AutoCloseable {
  private static final int NON_BLOCKING = 1;

  private final CudaContext context;
  private final CudaFunctions cuda;
  private final Thread owner = Thread.currentThread();
  private final Pointer stream;
  private final Memory parameters = new Memory(Native.POINTER_SIZE);
  private final List<ByteBuffer> inUse = new ArrayList<>();
  private final List<String> launched = new ArrayList<>();
  private final TaskMemory memory;
  private Runnable guard = () -> {};
  private long launches;

  private CudaDevice(CudaContext context) {
    this.context = context;
    this.cuda = context.functions;
    context.enter();
    PointerByReference made = new PointerByReference();
    context.check(cuda.cuStreamCreate(made, NON_BLOCKING), "cuStreamCreate");
    stream = made.getValue();
    memory = new TaskMemory(cuda, this::check, this::synchronise, toString());
  }

  /** Devices that the driver shows this process. */
  public static int count() {
    return CudaLibrary.find().devices();
  }

  /**
   * Opens the device that Spark gave the calling thread's task, else the first.
   *
   * @throws org.phasemap.network.UserException if there is no driver or device that can be used
   */
  public static CudaDevice open() {
    return open(BoundDevice.ofThread().ordinal());
  }

  /**
   * Opens a device for the calling thread.
   *
   * @param ordinal the driver's number of it in this process
   * @throws org.phasemap.network.UserException if there is no driver or device that can be used
   */
  public static CudaDevice open(int ordinal) {
    return open(CudaLibrary.find(), ordinal);
  }

  static CudaDevice open(CudaLibrary library, int ordinal) {
    return new CudaDevice(CudaContext.of(library, ordinal));
  }

  static CudaDevice open(CudaContext context) {
    return new CudaDevice(context);
  }

  /** The driver's number of it in this process. */
  public int ordinal() {
    return context.properties.ordinal();
  }

  /** Its name, and whether it is emulated. */
  public String description() {
    return context.library.describe(name());
  }

  /** Such as {@code NVIDIA H200}. */
  public String name() {
    return context.properties.name();
  }

  public ComputeCapability capability() {
    return context.properties.capability();
  }

  /** The CUDA that the driver knows, such as 12.4. */
  public String driverVersion() {
    return context.library.versionText();
  }

  public int multiprocessors() {
    return context.properties.multiprocessors();
  }

  /** Most bytes of shared memory that a block may have. */
  public int sharedMemoryPerBlock() {
    return context.properties.sharedMemoryPerBlock();
  }

  /** Whether the blocks of a launch may wait for each other. */
  public boolean isCooperative() {
    return context.properties.isCooperative();
  }

  /** Whether it is a CPU that computes, bit for bit as a GPU would, and slowly. */
  public boolean isEmulated() {
    return context.library.isEmulated();
  }

  public DeviceMemory memory() {
    return memory.ofDevice();
  }

  /** Bytes of its memory that the task should take at most; 1 GiB outside of Spark's tasks. */
  public long budget() {
    return BoundDevice.ofThread().bytes();
  }

  /**
   * Takes memory for this task; closed with the device.
   *
   * @throws OutOfMemoryError if the device has not so much
   */
  public DeviceArena arena(long bytes) {
    return arena(bytes, !isEmulated());
  }

  /**
   * Takes memory as {@link #arena(long)}.
   *
   * @param inOne whether all is one block
   */
  DeviceArena arena(long bytes, boolean inOne) {
    return memory.arena(bytes, inOne);
  }

  /**
   * Memory of the host that the device copies to and from at full speed, zeroed, in native order;
   * freed when the device is closed.
   */
  public ByteBuffer pinned(int bytes) {
    return memory.pinned(bytes);
  }

  /**
   * Launches a kernel with as many threads and as much shared memory as its source says.
   *
   * @param kernel its name
   * @param blocks at least one
   * @param argument its struct, the direct buffer's bytes from position to limit; may be used again
   *     at once
   */
  public void launch(String kernel, int blocks, ByteBuffer argument) {
    DeviceKernel known = context.kernel(kernel);
    launch(kernel, blocks, known.threads(), known.sharedBytes(), argument);
  }

  /**
   * Launches a kernel.
   *
   * @param kernel its name
   * @param blocks at least one
   * @param threads of a block
   * @param sharedBytes of a block
   * @param argument its struct, the direct buffer's bytes from position to limit; may be used again
   *     at once
   */
  public void launch(String kernel, int blocks, int threads, int sharedBytes, ByteBuffer argument) {
    Pointer function = prepare(kernel, sharedBytes, argument);
    check(
        cuda.cuLaunchKernel(
            function, blocks, 1, 1, threads, 1, 1, sharedBytes, stream, parameters, null),
        "launch of %s (%d blocks of %d threads)".formatted(kernel, blocks, threads));
  }

  /**
   * Sets what says when launches are to end, by throwing; nothing does at first. It is called ten
   * times a second, by another thread, while somebody watches.
   */
  public void guard(Runnable guard) {
    this.guard = guard;
  }

  /** Watches a launch of a kernel that can be ended. */
  public LaunchGuard watch() {
    return new LaunchGuard(pinned(Integer.BYTES), guard);
  }

  /** Blocks of a kernel that the device holds at once. */
  public int blocksAtOnce(String kernel) {
    DeviceKernel known = context.kernel(kernel);
    IntByReference blocks = new IntByReference();
    check(
        cuda.cuOccupancyMaxActiveBlocksPerMultiprocessor(
            blocks,
            context.loaded(kernel, known.argumentBytes(), known.sharedBytes()),
            known.threads(),
            new NativeLong(known.sharedBytes())),
        "cuOccupancyMaxActiveBlocksPerMultiprocessor of " + kernel);
    return blocks.getValue() * multiprocessors();
  }

  /**
   * Launches a kernel whose blocks wait for each other.
   *
   * @param blocks no more than the device holds at once
   * @param argument as that of {@link #launch}
   */
  public void launchTogether(String kernel, int blocks, ByteBuffer argument) {
    DeviceKernel known = context.kernel(kernel);
    Pointer function = prepare(kernel, known.sharedBytes(), argument);
    check(
        cuda.cuLaunchCooperativeKernel(
            function, blocks, 1, 1, known.threads(), 1, 1, known.sharedBytes(), stream, parameters),
        "launch of %s (%d blocks, together)".formatted(kernel, blocks));
  }

  private Pointer prepare(String kernel, int sharedBytes, ByteBuffer argument) {
    Pointer function = context.loaded(kernel, argument.remaining(), sharedBytes);
    parameters.setPointer(0, address(argument));
    launched.add(kernel);
    launches++;
    return function;
  }

  /** Copies a direct buffer's bytes from position to limit to the device. */
  public void write(long to, ByteBuffer from) {
    inUse.add(from);
    check(
        cuda.cuMemcpyHtoDAsync_v2(to, address(from), from.remaining(), stream),
        "copy of %d bytes to the device".formatted(from.remaining()));
  }

  /** Copies from the device, to a direct buffer's bytes from position to limit. */
  public void read(long from, ByteBuffer to) {
    inUse.add(to);
    check(
        cuda.cuMemcpyDtoHAsync_v2(address(to), from, to.remaining(), stream),
        "copy of %d bytes from the device".formatted(to.remaining()));
  }

  /** Sets bytes to zero. */
  public void clear(long address, long bytes) {
    check(cuda.cuMemsetD8Async(address, (byte) 0, bytes, stream), "cuMemsetD8Async");
  }

  private static Pointer address(ByteBuffer buffer) {
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException("Cannot give a heap buffer to a device: must be direct");
    }
    return Native.getDirectBufferPointer(buffer).share(buffer.position());
  }

  /** Waits until all work of the stream is done. */
  public void synchronise() {
    check(cuda.cuStreamSynchronize(stream), "after " + String.join(", ", launched));
    inUse.clear();
    launched.clear();
  }

  /** Marks the end of the work given so far. */
  public DeviceMark mark() {
    PointerByReference made = new PointerByReference();
    check(cuda.cuEventCreate(made, 0), "cuEventCreate");
    check(cuda.cuEventRecord(made.getValue(), stream), "cuEventRecord");
    return new DeviceMark(context, made.getValue());
  }

  /** Kernels launched since it was opened. */
  public long launches() {
    return launches;
  }

  /** Such as {@code GPU 0 (NVIDIA H200)}. */
  @Override
  public String toString() {
    return context.properties.toString();
  }

  /** As {@link CudaContext#check}, and that it is the thread that opened the device. */
  void check(int error, String call) {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException("A device belongs to the thread that opened it");
    }
    context.check(error, call);
  }

  /**
   * Waits, and gives back its arenas and buffers. After a failure there is nothing to give back.
   */
  @Override
  public void close() {
    synchronise();
    memory.close();
    check(cuda.cuStreamDestroy_v2(stream), "cuStreamDestroy");
    parameters.close();
  }
}
