package org.phasemap.kernel.cuda;

import java.util.List;
import java.util.stream.IntStream;
import org.phasemap.kernel.DeviceCheck;
import org.phasemap.kernel.Gpus;

/** The GPUs that CUDA's driver shows this process. */
final class CudaGpus implements Gpus {
  /** The name of what the calling thread computes on. */
  static String boundName() {
    return name(CudaLibrary.find(), BoundDevice.ofThread().ordinal());
  }

  private static String name(CudaLibrary library, int ordinal) {
    return library.describe(DeviceProperties.of(library, ordinal).name());
  }

  @Override
  public List<String> names() {
    CudaLibrary library = CudaLibrary.find();
    return IntStream.range(0, library.devices())
        .mapToObj(ordinal -> name(library, ordinal))
        .toList();
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
    new BoundDevice(device, bytes).bind();
  }
}
