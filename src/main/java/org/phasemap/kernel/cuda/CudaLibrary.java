package org.phasemap.kernel.cuda;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.phasemap.network.UserException;

/**
 * CUDA's driver, loaded and found new enough.
 *
 * @param functions of it
 * @param isEmulated whether it is {@code src/main/cuda/emulator}
 * @param version of CUDA that it knows, 1000 · major + 10 · minor
 * @param devices that it shows this process
 */
record CudaLibrary(CudaFunctions functions, boolean isEmulated, int version, int devices) {
  /**
   * The environment's variable that names another library than {@code libcuda.so.1}, such as the
   * emulated device. The system property {@link #PROPERTY} goes before it.
   */
  static final String VARIABLE = "PHASEMAP_CUDA_DRIVER";

  static final String PROPERTY = "phasemap.cuda.driver";

  /** CUDA 11.0, driver 450: the oldest that knows every function and PTX 6.3. */
  private static final int OLDEST = 11000;

  private static final int NO_DEVICE = 100;
  private static final Map<String, CudaLibrary> LOADED = new ConcurrentHashMap<>();

  /**
   * The driver of this process.
   *
   * @throws UserException if there is none, it is too old, or shows no GPU
   */
  static CudaLibrary find() {
    String variable = System.getenv(VARIABLE);
    return load(System.getProperty(PROPERTY, variable == null ? "libcuda.so.1" : variable));
  }

  /**
   * Loads a driver, once.
   *
   * @param path or name of the library
   * @throws UserException as {@link #find}
   */
  static CudaLibrary load(String path) {
    return LOADED.computeIfAbsent(path, CudaLibrary::open);
  }

  /** As {@link #load}, but asks the library again. */
  static CudaLibrary open(String path) {
    NativeLibrary library;
    try {
      library = NativeLibrary.getInstance(path);
    } catch (UnsatisfiedLinkError e) {
      throw new UserException(
          String.format(
              "backend: cuda: no driver: %s does not load; needed: NVIDIA's driver 450 or newer (in"
                  + " containers NVIDIA_DRIVER_CAPABILITIES=compute), or backend: openblas",
              path),
          e);
    }
    CudaFunctions functions = Native.load(path, CudaFunctions.class);
    IntByReference number = new IntByReference();
    require(functions, functions.cuDriverGetVersion(number), "cuDriverGetVersion");
    int version = number.getValue();
    if (version < OLDEST) {
      throw new UserException(
          String.format(
              "backend: cuda: the driver knows CUDA %s; needed: 11.0 or newer (driver 450), or"
                  + " backend: openblas",
              text(version)));
    }
    int error = functions.cuInit(0);
    if (error == NO_DEVICE) {
      throw noDevice();
    }
    require(functions, error, "cuInit");
    require(functions, functions.cuDeviceGetCount(number), "cuDeviceGetCount");
    if (number.getValue() == 0) {
      throw noDevice();
    }
    return new CudaLibrary(functions, isEmulated(library), version, number.getValue());
  }

  private static UserException noDevice() {
    return new UserException(
        "backend: cuda: the driver shows no GPU; needed: one that nvidia-smi lists and"
            + " CUDA_VISIBLE_DEVICES leaves, or backend: openblas");
  }

  private static boolean isEmulated(NativeLibrary library) {
    try {
      library.getGlobalVariableAddress("emulated_set");
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static void require(CudaFunctions functions, int error, String function) {
    if (error != 0) {
      throw new UserException(
          String.format(
              "backend: cuda: the driver's %s fails: %s; needed: a driver that nvidia-smi works"
                  + " with, or backend: openblas",
              function, name(functions, error)));
    }
  }

  /**
   * Requires that a call before any use succeeded.
   *
   * @throws UserException if it did not
   */
  void require(int error, String function) {
    require(functions, error, function);
  }

  /** An error's name, as CUDA's documents have it. */
  String name(int error) {
    return name(functions, error);
  }

  private static String name(CudaFunctions functions, int error) {
    PointerByReference name = new PointerByReference();
    functions.cuGetErrorName(error, name);
    return name.getValue() == null ? "error " + error : name.getValue().getString(0);
  }

  /** A device's name, and whether it is emulated. */
  String describe(String device) {
    return device + (isEmulated ? ", emulated and slow" : "");
  }

  /** Such as 12.4. */
  String versionText() {
    return text(version);
  }

  private static String text(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }
}
