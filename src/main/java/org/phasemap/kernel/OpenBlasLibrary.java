package org.phasemap.kernel;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/** Loads OpenBLAS once, with one thread for whoever calls it. */
final class OpenBlasLibrary {
  static final boolean LOADS = load();

  private OpenBlasLibrary() {}

  private static boolean load() {
    try {
      Loader.load(openblas_nolapack.class);
      openblas_nolapack.blas_set_num_threads(1);
      return true;
    } catch (LinkageError e) {
      return false;
    }
  }
}
