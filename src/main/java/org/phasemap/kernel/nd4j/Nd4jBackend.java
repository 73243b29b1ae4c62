package org.phasemap.kernel.nd4j;

import java.util.Optional;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Gpus;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Speed;

/** ND4J: on CPUs anywhere. */
public record Nd4jBackend() implements Backend {
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
  public Optional<String> fault() {
    return Nd4jLibrary.LOADS
        ? Optional.empty()
        : Optional.of("Cannot open nd4j: it has no natives for this machine");
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
    return new Nd4jKernel();
  }

  @Override
  public String toString() {
    return Nd4jKernel.NAME;
  }
}
