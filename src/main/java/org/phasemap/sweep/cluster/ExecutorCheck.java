package org.phasemap.sweep.cluster;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.DeviceCheck;
import org.phasemap.kernel.Gpus;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.KernelCheck;
import org.phasemap.kernel.NativeMemory;
import org.phasemap.network.UserException;

/**
 * What an executor is, and whether the backends work on it.
 *
 * @param host it runs on
 * @param executor Spark's id of it
 * @param jvm version
 * @param processors that the JVM sees
 * @param heapBytes most that the heap may take
 * @param nativeBytes most that matrices may take outside of it; 0 where there is no limit
 * @param gpus addresses of the GPUs that Spark gave the task that checked
 * @param backends what became of each that has natives here
 */
public record ExecutorCheck(
    String host,
    String executor,
    String jvm,
    int processors,
    long heapBytes,
    long nativeBytes,
    List<String> gpus,
    List<BackendCheck> backends)
    implements Serializable {

  /**
   * A backend's arithmetic on an executor.
   *
   * @param backend that was checked
   * @param device that it computes on: {@code cpu}, or the GPU's name
   * @param gflops billions of operations a second in a product, on one thread; null on GPUs
   * @param gemmError as {@link KernelCheck#gemmError}; null on GPUs
   * @param fault what is wrong with products or random numbers; empty if nothing is
   */
  public record BackendCheck(
      Backend backend,
      String device,
      @Nullable Double gflops,
      @Nullable Double gemmError,
      String fault)
      implements Serializable {
    /** Whether it is right. */
    public boolean passes() {
      return fault.isEmpty();
    }

    private static String verdict(boolean passes) {
      return passes ? "" : "wrong";
    }

    /** Checks a backend on the CPU. */
    static BackendCheck ofKernel(Backend backend) {
      try (Kernel kernel = backend.open()) {
        KernelCheck check = KernelCheck.run(kernel);
        return new BackendCheck(
            backend, backend.device(), check.gflops(), check.gemmError(), verdict(check.passes()));
      }
    }

    /** Checks the GPU that this task holds. */
    static BackendCheck ofGpu(Backend backend, Gpus gpus) {
      try {
        GpuResources.bind(backend);
        DeviceCheck check = gpus.check();
        return new BackendCheck(backend, check.device(), null, null, verdict(check.passes()));
      } catch (UserException e) {
        return new BackendCheck(backend, "none", null, null, String.valueOf(e.getMessage()));
      }
    }
  }

  /** Checks the executor that this task runs on. */
  static ExecutorCheck here() {
    Runtime runtime = Runtime.getRuntime();
    return new ExecutorCheck(
        SparkEnv.get().blockManager().blockManagerId().host(),
        SparkEnv.get().executorId(),
        Runtime.version().toString(),
        runtime.availableProcessors(),
        runtime.maxMemory(),
        NativeMemory.limit(),
        GpuResources.addresses(),
        Backends.all().stream().filter(ExecutorCheck::isMeant).map(ExecutorCheck::check).toList());
  }

  /** Whether the backend works here, or should: a task that holds a GPU must be able to use it. */
  private static boolean isMeant(Backend backend) {
    boolean holdsGpu = backend.gpus().isPresent() && !GpuResources.addresses().isEmpty();
    return holdsGpu || backend.isAvailable();
  }

  private static BackendCheck check(Backend backend) {
    return backend
        .gpus()
        .map(gpus -> BackendCheck.ofGpu(backend, gpus))
        .orElseGet(() -> BackendCheck.ofKernel(backend));
  }

  /** Whether there is a backend, and all are right. */
  public boolean passes() {
    return !backends.isEmpty() && backends.stream().allMatch(BackendCheck::passes);
  }
}
