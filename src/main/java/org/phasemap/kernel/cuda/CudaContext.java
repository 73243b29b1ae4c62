package org.phasemap.kernel.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.DeviceFailure;

/**
 * What a process shares of a GPU: the primary context, which RAPIDS uses too, and the kernels that
 * its tasks have launched. It stays until the process ends, for tasks come and go.
 */
final class CudaContext {
  static final int OUT_OF_MEMORY = 2;

  private static final int JIT_ERROR_LOG = 5;
  private static final int JIT_ERROR_LOG_BYTES = 6;
  private static final int MAX_DYNAMIC_SHARED = 8;
  private static final int LOG_BYTES = 8 << 10;

  private record Key(CudaLibrary library, int ordinal) {}

  private static final Map<Key, CudaContext> ALL = new ConcurrentHashMap<>();

  final CudaLibrary library;
  final CudaFunctions functions;
  final DeviceProperties properties;
  private final Ptx ptx;
  private final Pointer pointer;
  private final Map<String, Pointer> kernels = new ConcurrentHashMap<>();
  private volatile @Nullable String broken;

  /**
   * The context of a device.
   *
   * @param ordinal the driver's number of the device in this process
   * @throws org.phasemap.network.UserException if there is no such device, or it is too old
   */
  static CudaContext of(CudaLibrary library, int ordinal) {
    return ALL.computeIfAbsent(
        new Key(library, ordinal), key -> new CudaContext(library, ordinal, Ptx.KERNELS));
  }

  /** With PTX of its own, and shared with nobody. */
  CudaContext(CudaLibrary library, int ordinal, Ptx ptx) {
    this.library = library;
    this.functions = library.functions();
    this.properties = DeviceProperties.of(library, ordinal);
    this.ptx = ptx;
    PointerByReference made = new PointerByReference();
    check(
        functions.cuDevicePrimaryCtxRetain(made, properties.device()), "cuDevicePrimaryCtxRetain");
    pointer = made.getValue();
    enter();
  }

  private Pointer load(String kernel) {
    byte[] text = ptx.module(kernel).getBytes(StandardCharsets.UTF_8);
    PointerByReference loaded = new PointerByReference();
    try (Memory image = new Memory(text.length + 1L);
        Memory log = new Memory(LOG_BYTES)) {
      image.write(0, text, 0, text.length);
      image.setByte(text.length, (byte) 0);
      log.clear();
      int error =
          functions.cuModuleLoadDataEx(
              loaded,
              image,
              2,
              new int[] {JIT_ERROR_LOG, JIT_ERROR_LOG_BYTES},
              new Pointer[] {log, new Pointer(LOG_BYTES)});
      if (error == OUT_OF_MEMORY) {
        throw new OutOfMemoryError(
            "%s has no memory for the kernel %s; %s"
                .formatted(properties, kernel, DeviceMemory.REMEDY));
      }
      if (error != 0) {
        throw new IllegalStateException(
            "%s, whose driver knows CUDA %s, refuses the PTX of %s: %s %s"
                .formatted(
                    properties,
                    library.versionText(),
                    kernel,
                    library.name(error),
                    log.getString(0).strip()));
      }
    }
    return loaded.getValue();
  }

  /** Makes it the calling thread's. */
  void enter() {
    check(functions.cuCtxSetCurrent(pointer), "cuCtxSetCurrent");
  }

  /** What the source says of a kernel. */
  DeviceKernel kernel(String kernel) {
    return ptx.kernel(kernel);
  }

  /**
   * A kernel, ready for as much shared memory as a block may have. Who first asks for it waits
   * until the driver has translated it.
   *
   * @param argumentBytes of its argument
   * @throws IllegalArgumentException if a launch would be refused
   */
  Pointer loaded(String kernel, int argumentBytes, int sharedBytes) {
    ptx.check(kernel, argumentBytes);
    if (sharedBytes > properties.sharedMemoryPerBlock()) {
      throw new IllegalArgumentException(
          "Cannot launch %s with %d bytes of shared memory: must be at most %d"
              .formatted(kernel, sharedBytes, properties.sharedMemoryPerBlock()));
    }
    return kernels.computeIfAbsent(kernel, this::find);
  }

  private Pointer find(String kernel) {
    PointerByReference found = new PointerByReference();
    check(
        functions.cuModuleGetFunction(found, load(kernel), kernel),
        "cuModuleGetFunction of " + kernel);
    check(
        functions.cuFuncSetAttribute(
            found.getValue(), MAX_DYNAMIC_SHARED, properties.sharedMemoryPerBlock()),
        "cuFuncSetAttribute of " + kernel);
    return found.getValue();
  }

  /**
   * Throws if a call failed.
   *
   * @param call that was made
   * @throws DeviceFailure if the process can use the device no more
   */
  void check(int error, String call) {
    if (error == 0) {
      return;
    }
    if (broken == null && breaks(error)) {
      broken = library.name(error);
    }
    if (broken != null) {
      throw new DeviceFailure(
          String.format(
              "%s failed: %s (%s); this process can use it no more. If this happens again, run"
                  + " jobs/gpu-check there, and look for Xid in the kernel's log",
              properties, broken, call));
    }
    throw new IllegalStateException(
        "%s: %s fails: %s".formatted(properties, call, library.name(error)));
  }

  /** Whether CUDA's documents say of the error that the process must end, or do not know it. */
  private static boolean breaks(int error) {
    boolean hardware = error == 214 || error == 220 || error == 226;
    boolean refused = error == 701 || error == 720;
    return hardware || (error >= 700 && error < 800 && !refused) || error == 999;
  }
}
