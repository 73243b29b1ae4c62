package org.phasemap.sweep.cluster;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.KernelCheck;
import org.phasemap.kernel.NativeMemory;

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
   * @param device that it computes on: {@code cpu} or {@code cuda}
   * @param gflops billions of operations a second in a product, on one thread
   * @param gemmError as {@link KernelCheck#gemmError}
   * @param passes whether products and random numbers are right
   */
  public record BackendCheck(
      Backend backend, String device, double gflops, double gemmError, boolean passes)
      implements Serializable {}

  /** Checks the executor that this task runs on. */
  static ExecutorCheck here() {
    Backends.all().forEach(GpuResources::bind);
    Runtime runtime = Runtime.getRuntime();
    return new ExecutorCheck(
        SparkEnv.get().blockManager().blockManagerId().host(),
        SparkEnv.get().executorId(),
        Runtime.version().toString(),
        runtime.availableProcessors(),
        runtime.maxMemory(),
        NativeMemory.limit(),
        GpuResources.addresses(),
        Backends.all().stream().filter(Backend::isAvailable).map(ExecutorCheck::check).toList());
  }

  private static BackendCheck check(Backend backend) {
    try (Kernel kernel = backend.open()) {
      KernelCheck check = KernelCheck.run(kernel);
      return new BackendCheck(
          backend, backend.device(), check.gflops(), check.gemmError(), check.passes());
    }
  }

  /** Whether there is a backend, and all are right. */
  public boolean passes() {
    return !backends.isEmpty() && backends.stream().allMatch(BackendCheck::passes);
  }
}
