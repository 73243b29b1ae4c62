package org.phasemap.kernel.cuda;

import java.util.Optional;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Gpus;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.UserException;

/**
 * NVIDIA's GPUs, for specs that ask for them. They measure whole units; its {@link Kernel} is the
 * CPU's, for what GPUs leave to it.
 */
public record CudaBackend() implements Backend {
  /** The name that specs and tables use. */
  public static final String ID = "cuda";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int order() {
    return 2;
  }

  @Override
  public boolean worksEverywhere() {
    return false;
  }

  @Override
  public Optional<String> fault() {
    try {
      new CudaGpus().names();
      return Optional.empty();
    } catch (UserException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String device() {
    return CudaGpus.boundName();
  }

  @Override
  public Optional<Gpus> gpus() {
    return Optional.of(new CudaGpus());
  }

  @Override
  public Kernel open() {
    return Backends.fastest().open();
  }

  @Override
  public String toString() {
    return ID;
  }
}
