package org.phasemap.train;

import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;

/** Opens kernels for tests. */
final class TestKernels {
  private TestKernels() {}

  static Kernel fastest() {
    return Backends.fastest().open();
  }
}
