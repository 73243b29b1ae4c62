package org.phasemap.kernel.openblas;

import org.phasemap.kernel.CpuBackend;
import org.phasemap.kernel.Kernel;

/** OpenBLAS on CPUs: the default. */
public record OpenBlas() implements CpuBackend {
  @Override
  public String id() {
    return OpenBlasKernel.NAME;
  }

  @Override
  public int order() {
    return 0;
  }

  @Override
  public boolean worksEverywhere() {
    return false;
  }

  @Override
  public boolean loads() {
    return OpenBlasLibrary.LOADS;
  }

  @Override
  public Kernel opened() {
    return new OpenBlasKernel();
  }

  @Override
  public boolean replaces(String earlier) {
    return earlier.equals("mkl");
  }

  @Override
  public String toString() {
    return id();
  }
}
