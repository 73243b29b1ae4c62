package org.phasemap.sweep;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Cuda;
import org.phasemap.kernel.Kernels;
import org.phasemap.network.UserException;

/** Finds out that GPUs cannot be used before any work is lost. */
final class GpuPreflight {
  private GpuPreflight() {}

  /**
   * Checks the GPUs of every executor, where the backend computes on GPUs in this build.
   *
   * @return what the user should know although the sweep can run
   * @throws UserException if the library has no machine code for a GPU or does not load
   */
  static Optional<String> check(JavaSparkContext context, Backend backend) {
    boolean offered = GpuResources.areOffered(context, backend);
    if (backend != Backend.ND4J || !Cuda.isBuiltIn()) {
      return offered
          ? Optional.of(
              "tasks hold GPUs, but nd4j of this build computes on the CPU; build with"
                  + " ./mvnw -Pcuda to use them")
          : Optional.empty();
    }
    EveryExecutor.run(context, backend, GpuPreflight::fault).results().values().stream()
        .filter(fault -> !fault.isEmpty())
        .findFirst()
        .ifPresent(
            fault -> {
              throw new UserException(fault);
            });
    return Optional.empty();
  }

  /** What is wrong on this executor, in a message; empty if nothing is. */
  private static String fault() {
    try {
      Cuda.requireMachineCode();
      GpuResources.bind();
      String device = Kernels.device(Backend.ND4J);
      return device.equals("cuda")
          ? ""
          : "backend: nd4j computes on the "
              + device
              + " although this build has CUDA: its library does not load (needed: CUDA 11.6 and"
              + " its driver on the library path)";
    } catch (UserException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
