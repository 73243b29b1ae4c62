package org.phasemap.kernel.cuda;

import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;
import org.phasemap.network.UserException;

/**
 * What the driver says of a device before anyone uses it.
 *
 * @param ordinal the driver's number of it in this process
 * @param device the driver's handle of it
 * @param name such as {@code NVIDIA H200}
 * @param capability of it
 * @param multiprocessors of it
 * @param sharedMemoryPerBlock most bytes that a block may ask for
 * @param isCooperative whether the blocks of a launch may wait for each other
 */
record DeviceProperties(
    int ordinal,
    int device,
    String name,
    ComputeCapability capability,
    int multiprocessors,
    int sharedMemoryPerBlock,
    boolean isCooperative) {
  // CUDA Driver API, CUdevice_attribute.
  private static final int MULTIPROCESSORS = 16;
  private static final int MAJOR = 75;
  private static final int MINOR = 76;
  private static final int COOPERATIVE = 95;
  private static final int SHARED_OF_BLOCK = 97;

  /**
   * Asks.
   *
   * @throws UserException if there is no such device, or it is too old for the kernels
   */
  static DeviceProperties of(CudaLibrary library, int ordinal) {
    if (ordinal < 0 || ordinal >= library.devices()) {
      throw new UserException(
          String.format(
              "backend: cuda: there is no GPU %d; the driver shows this process %d; check"
                  + " CUDA_VISIBLE_DEVICES and Spark's discovery script",
              ordinal, library.devices()));
    }
    CudaFunctions cuda = library.functions();
    IntByReference device = new IntByReference();
    library.require(cuda.cuDeviceGet(device, ordinal), "cuDeviceGet");
    byte[] name = new byte[256];
    library.require(cuda.cuDeviceGetName(name, name.length, device.getValue()), "cuDeviceGetName");
    DeviceProperties properties =
        new DeviceProperties(
            ordinal,
            device.getValue(),
            Native.toString(name, StandardCharsets.UTF_8.name()),
            new ComputeCapability(
                ask(library, device.getValue(), MAJOR), ask(library, device.getValue(), MINOR)),
            ask(library, device.getValue(), MULTIPROCESSORS),
            ask(library, device.getValue(), SHARED_OF_BLOCK),
            ask(library, device.getValue(), COOPERATIVE) == 1);
    if (!properties.capability.runsKernels()) {
      throw new UserException(
          String.format(
              "backend: cuda: %s has compute capability %s; needed: %s or newer, or backend:"
                  + " openblas",
              properties, properties.capability, ComputeCapability.OLDEST));
    }
    return properties;
  }

  private static int ask(CudaLibrary library, int device, int attribute) {
    IntByReference value = new IntByReference();
    library.require(
        library.functions().cuDeviceGetAttribute(value, attribute, device), "cuDeviceGetAttribute");
    return value.getValue();
  }

  /** Such as {@code GPU 0 (NVIDIA H200)}. */
  @Override
  public String toString() {
    return "GPU %d (%s)".formatted(ordinal, name);
  }
}
