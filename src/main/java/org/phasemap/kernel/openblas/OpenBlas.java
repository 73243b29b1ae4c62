package org.phasemap.kernel.openblas;

import java.util.Optional;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Gpus;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Speed;

/** OpenBLAS on CPUs: the default. */
public record OpenBlas() implements Backend {
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
  public Optional<String> fault() {
    return OpenBlasLibrary.LOADS
        ? Optional.empty()
        : Optional.of("Cannot open openblas: it has no natives for this machine");
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public Optional<Gpus> gpus() {
    return Optional.empty();
  }

  @Override
  public Speed speed() {
    return Speed.OF_A_CORE;
  }

  @Override
  public Kernel open() {
    fault()
        .ifPresent(
            fault -> {
              throw new UnsupportedOperationException(fault);
            });
    return new OpenBlasKernel();
  }

  @Override
  public boolean replaces(String earlier) {
    return earlier.equals("mkl");
  }

  @Override
  public String toString() {
    return OpenBlasKernel.NAME;
  }
}
