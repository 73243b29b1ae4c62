package org.phasemap.kernel;

import java.util.Locale;

/** Opens kernels. */
public final class Kernels {
  private Kernels() {}

  /**
   * A kernel for the calling thread.
   *
   * @throws UnsupportedOperationException if the backend's native code does not load here
   */
  public static Kernel open(Backend backend) {
    if (!isAvailable(backend)) {
      throw new UnsupportedOperationException(
          "Cannot open %s: it has no natives for this machine"
              .formatted(backend.name().toLowerCase(Locale.ROOT)));
    }
    return switch (backend) {
      case OPENBLAS -> new OpenBlasKernel();
      case ND4J -> new Nd4jKernel();
    };
  }

  /** Whether the backend's native code loads here. */
  public static boolean isAvailable(Backend backend) {
    return switch (backend) {
      case OPENBLAS -> OpenBlasLibrary.LOADS;
      case ND4J -> Nd4jLibrary.LOADS;
    };
  }

  /** What the backend computes on: {@code cpu}, or {@code cuda} for NVIDIA's GPUs. */
  public static String device(Backend backend) {
    return backend == Backend.ND4J && Nd4jLibrary.isCuda() ? "cuda" : "cpu";
  }

  /**
   * Whether this CPU's products round all columns of a wide factor alike. Elsewhere ND4J multiplies
   * block by block on CPUs.
   */
  public static boolean roundsColumnsAlike() {
    return OpenBlasLibrary.ROUNDING == OpenBlasLibrary.Rounding.ALIKE;
  }

  /** OpenBLAS where its natives load, else ND4J. */
  public static Backend fastest() {
    return OpenBlasLibrary.LOADS ? Backend.OPENBLAS : Backend.ND4J;
  }
}
