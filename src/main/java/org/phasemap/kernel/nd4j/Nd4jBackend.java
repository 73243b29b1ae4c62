package org.phasemap.kernel.nd4j;

import org.phasemap.kernel.CpuBackend;
import org.phasemap.kernel.Kernel;

/** ND4J: on CPUs anywhere. */
public record Nd4jBackend() implements CpuBackend {
  @Override
  public String id() {
    return Nd4jKernel.NAME;
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  public boolean worksEverywhere() {
    return true;
  }

  @Override
  public boolean loads() {
    return Nd4jLibrary.LOADS;
  }

  @Override
  public Kernel opened() {
    return new Nd4jKernel();
  }

  @Override
  public String toString() {
    return id();
  }
}
