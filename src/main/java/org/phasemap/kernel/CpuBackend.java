package org.phasemap.kernel;

import java.util.Optional;

/** A library of matrix products on CPUs. */
public interface CpuBackend extends Backend {
  /** Whether its native code can be loaded here. */
  boolean loads();

  /** A kernel for the calling thread, where the library loads. */
  Kernel opened();

  @Override
  default Optional<String> fault() {
    return loads()
        ? Optional.empty()
        : Optional.of("Cannot open " + id() + ": it has no natives for this machine");
  }

  @Override
  default String device() {
    return "cpu";
  }

  @Override
  default Optional<Gpus> gpus() {
    return Optional.empty();
  }

  @Override
  default Kernel open() {
    fault()
        .ifPresent(
            fault -> {
              throw new UnsupportedOperationException(fault);
            });
    return opened();
  }
}
