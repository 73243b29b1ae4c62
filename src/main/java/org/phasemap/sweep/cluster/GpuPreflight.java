package org.phasemap.sweep.cluster;

import org.apache.spark.api.java.JavaSparkContext;
import org.phasemap.kernel.Backend;
import org.phasemap.network.UserException;

/** Finds out that GPUs cannot be used before any work is lost. */
public final class GpuPreflight {
  private GpuPreflight() {}

  /**
   * Checks the GPUs of every executor, where the backend computes on GPUs.
   *
   * @throws UserException if the backend cannot use one of them
   */
  public static void check(JavaSparkContext context, Backend backend) {
    if (backend.gpus().isEmpty()) {
      return;
    }
    EveryExecutor.run(context, backend, () -> fault(backend)).results().values().stream()
        .filter(fault -> !fault.isEmpty())
        .findFirst()
        .ifPresent(
            fault -> {
              throw new UserException(fault);
            });
  }

  /** What is wrong on this executor, in a message; empty if nothing is. */
  private static String fault(Backend backend) {
    try {
      GpuResources.bind(backend);
      return "";
    } catch (UserException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
