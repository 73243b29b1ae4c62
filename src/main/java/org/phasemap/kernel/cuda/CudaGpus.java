package org.phasemap.kernel.cuda;

import java.util.List;
import java.util.stream.IntStream;
import org.phasemap.kernel.Gpus;

/** The GPUs that CUDA's driver shows this process. */
final class CudaGpus implements Gpus {
  private static final ThreadLocal<Integer> BOUND = ThreadLocal.withInitial(() -> 0);

  /** The device that the calling thread computes on. */
  static int bound() {
    return BOUND.get();
  }

  /** Its name. */
  static String boundName() {
    CudaLibrary library = CudaLibrary.find();
    return describe(library, DeviceProperties.of(library, bound()));
  }

  @Override
  public List<String> names() {
    CudaLibrary library = CudaLibrary.find();
    return IntStream.range(0, library.devices())
        .mapToObj(ordinal -> describe(library, DeviceProperties.of(library, ordinal)))
        .toList();
  }

  private static String describe(CudaLibrary library, DeviceProperties properties) {
    return library.isEmulated() ? properties.name() + ", emulated and slow" : properties.name();
  }

  @Override
  public void bind(int device) {
    CudaContext.of(CudaLibrary.find(), device);
    BOUND.set(device);
  }
}
