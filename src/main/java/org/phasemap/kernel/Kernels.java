package org.phasemap.kernel;

import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.mkl.global.mkl_rt;

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
      case MKL -> new MklKernel();
      case ND4J -> new Nd4jKernel();
    };
  }

  /** Whether the backend's native code loads here. */
  public static boolean isAvailable(Backend backend) {
    return switch (backend) {
      case MKL -> mklLoads();
      case ND4J -> Nd4jLibrary.LOADS;
    };
  }

  /** What the backend computes on: {@code cpu}, or {@code cuda} for NVIDIA's GPUs. */
  public static String device(Backend backend) {
    return backend == Backend.ND4J && Nd4jLibrary.isCuda() ? "cuda" : "cpu";
  }

  /** MKL where its natives load, else ND4J. */
  public static Backend fastest() {
    return mklLoads() ? Backend.MKL : Backend.ND4J;
  }

  private static boolean mklLoads() {
    return Mkl.LOADS;
  }

  /** Tried once, when first asked for. */
  private static final class Mkl {
    static final boolean LOADS = load();

    private static boolean load() {
      try {
        Loader.load(mkl_rt.class);
        return true;
      } catch (LinkageError e) {
        return false;
      }
    }
  }
}
