package org.phasemap.train;

import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;

/** Opens kernels for tests. */
public final class TestKernels {
  private TestKernels() {}

  public static Kernel fastest() {
    return Backends.fastest().open();
  }
}
