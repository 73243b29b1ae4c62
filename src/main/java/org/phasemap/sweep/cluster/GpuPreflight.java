package org.phasemap.sweep.cluster;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Gpus;
import org.phasemap.network.UserException;

/** Finds out that GPUs cannot be used before any work is lost. */
public final class GpuPreflight {
  private GpuPreflight() {}

  /**
   * Checks the GPUs of every executor, where the backend computes on GPUs in this build.
   *
   * @return what the user should know although the sweep can run
   * @throws UserException if the backend cannot use one of them
   */
  public static Optional<String> check(JavaSparkContext context, Backend backend) {
    Optional<Gpus> gpus = backend.gpus();
    if (gpus.isEmpty()) {
      return Optional.empty();
    }
    if (!gpus.get().areBuiltIn()) {
      return GpuResources.areOffered(context, backend)
          ? Optional.of(
              String.format(
                  "tasks hold GPUs, but %s of this build computes on the CPU; %s",
                  backend.id(), gpus.get().remedy()))
          : Optional.empty();
    }
    EveryExecutor.run(context, backend, () -> fault(backend)).results().values().stream()
        .filter(fault -> !fault.isEmpty())
        .findFirst()
        .ifPresent(
            fault -> {
              throw new UserException(fault);
            });
    return Optional.empty();
  }

  /** What is wrong on this executor, in a message; empty if nothing is. */
  private static String fault(Backend backend) {
    try {
      backend.gpus().ifPresent(Gpus::check);
      GpuResources.bind(backend);
      return "";
    } catch (UserException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
