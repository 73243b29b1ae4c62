package org.phasemap.kernel;

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
    return switch (backend) {
      case MKL -> {
        if (!mklLoads()) {
          throw new UnsupportedOperationException(
              "Cannot open mkl: it has no natives for this machine");
        }
        yield new MklKernel();
      }
      case ND4J -> {
        if (!Nd4jLibrary.LOADS) {
          throw new UnsupportedOperationException(
              "Cannot open nd4j: it has no natives for this machine");
        }
        yield new Nd4jKernel();
      }
    };
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
