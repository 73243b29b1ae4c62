package org.phasemap.train;

import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Kernels;

/** Opens kernels for tests. */
final class TestKernels {
  private TestKernels() {}

  static Kernel fastest() {
    return Kernels.open(Kernels.fastest());
  }
}
