package org.phasemap.kernel.cuda;

import java.util.List;
import java.util.stream.IntStream;
import org.phasemap.kernel.DeviceCheck;
import org.phasemap.kernel.Gpus;

/** The GPUs that CUDA's driver shows this process. */
final class CudaGpus implements Gpus {
  private static final String EMULATED = ", emulated and slow";
  private static final ThreadLocal<Binding> BOUND =
      ThreadLocal.withInitial(() -> new Binding(0, 1L << 30));

  /**
   * What a thread's task may use.
   *
   * @param device the driver's number of it
   * @param bytes of its memory
   */
  record Binding(int device, long bytes) {}

  /** What the calling thread computes on. */
  static Binding bound() {
    return BOUND.get();
  }

  /** Its name. */
  static String boundName() {
    CudaLibrary library = CudaLibrary.find();
    return describe(library, DeviceProperties.of(library, bound().device()).name());
  }

  static String describe(CudaDevice device) {
    return device.name() + (device.isEmulated() ? EMULATED : "");
  }

  @Override
  public List<String> names() {
    CudaLibrary library = CudaLibrary.find();
    return IntStream.range(0, library.devices())
        .mapToObj(ordinal -> describe(library, DeviceProperties.of(library, ordinal).name()))
        .toList();
  }

  private static String describe(CudaLibrary library, String name) {
    return name + (library.isEmulated() ? EMULATED : "");
  }

  @Override
  public DeviceCheck check() {
    try (CudaDevice device = CudaDevice.open()) {
      return DeviceDraw.check(device);
    }
  }

  @Override
  public void bind(int device, long bytes) {
    CudaContext.of(CudaLibrary.find(), device);
    BOUND.set(new Binding(device, bytes));
  }
}
