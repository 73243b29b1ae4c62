package org.phasemap.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.network.UserException;

/**
 * The GPUs of this machine, as ND4J's CUDA backend needs them. nvidia-smi is asked before ND4J
 * loads: on a GPU that its machine code does not know, its first operation fails in words that
 * explain nothing.
 */
public final class Cuda {
  private static final List<String> QUERY =
      List.of("nvidia-smi", "--query-gpu=index,name,compute_cap", "--format=csv,noheader");

  private static final String ALLOWED =
      "allowed: compute capability 3.7 and 5.0 to 8.9 (V100, T4, A100, A10, L40), or backend:"
          + " openblas";

  private Cuda() {}

  /** Whether this build has the CUDA backend (Maven profile {@code cuda}). */
  public static boolean isBuiltIn() {
    return Cuda.class.getResource("/org/nd4j/linalg/jcublas/JCublasBackend.class") != null;
  }

  /**
   * Asks nvidia-smi what GPUs this machine has.
   *
   * @throws UserException if there is none, or the library has no machine code for one of them
   */
  public static void requireMachineCode() {
    requireMachineCode(query());
  }

  /** The same for nvidia-smi's answer: a line {@code index, name, capability} for each GPU. */
  static void requireMachineCode(List<String> gpus) {
    if (gpus.isEmpty()) {
      throw new UserException("backend: nd4j on CUDA: nvidia-smi names no GPU; " + ALLOWED);
    }
    for (String gpu : gpus) {
      // A name may hold commas.
      int comma = gpu.lastIndexOf(',');
      ComputeCapability capability = capability(gpu, comma);
      if (!capability.hasMachineCode()) {
        throw new UserException(
            String.format(
                "backend: nd4j has no machine code for GPU %s (compute capability %s); %s",
                gpu.substring(0, comma).replaceFirst(", *", ": "), capability, ALLOWED));
      }
    }
  }

  private static ComputeCapability capability(String gpu, int comma) {
    try {
      return ComputeCapability.parse(gpu.substring(comma + 1));
    } catch (IllegalArgumentException e) {
      throw new UserException(
          String.format(
              "backend: nd4j on CUDA: nvidia-smi says '%s'; needed: a driver for CUDA 11.6 or newer"
                  + " (510.39), which states compute capabilities",
              gpu),
          e);
    }
  }

  private static List<String> query() {
    try {
      Process process = new ProcessBuilder(QUERY).redirectErrorStream(true).start();
      process.getOutputStream().close();
      List<String> lines;
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        lines = reader.lines().filter(line -> !line.isBlank()).toList();
      }
      if (process.waitFor() != 0) {
        throw new UserException(
            "backend: nd4j on CUDA: nvidia-smi fails: " + String.join(" ", lines));
      }
      return lines;
    } catch (IOException e) {
      throw new UserException(
          "backend: nd4j on CUDA: nvidia-smi does not run ("
              + e.getMessage()
              + "); needed: NVIDIA's driver on every executor",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while nvidia-smi ran", e);
    }
  }

  /**
   * Makes the calling thread compute on a device; on the CPU there is nothing to bind.
   *
   * @param device CUDA's number of it in this process
   */
  public static void bind(int device) {
    Nd4j.getAffinityManager().unsafeSetDevice(device);
  }
}
