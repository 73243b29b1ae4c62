package org.phasemap.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * All backends. They are named in {@code META-INF/services} and nowhere else; specs may ask for
 * each by its id.
 */
public final class Backends {
  private static final List<Backend> ALL =
      ServiceLoader.load(Backend.class, Backend.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparingInt(Backend::order))
          .toList();

  private Backends() {}

  /** All, whether they work here or not, the preferred one first. Loads no native code. */
  public static List<Backend> all() {
    return ALL;
  }

  /** The one of that name. */
  public static Optional<Backend> find(String id) {
    return ALL.stream().filter(backend -> backend.id().equals(id)).findFirst();
  }

  /** The default where it works. Loads no native code. */
  public static Backend preferred() {
    return ALL.get(0);
  }

  /** Those that have kernels of their own: all but those that measure on GPUs. */
  public static List<Backend> ofKernels() {
    return ALL.stream().filter(backend -> backend.gpus().isEmpty()).toList();
  }

  /**
   * The default on this machine: of those with kernels the first that works, else the last. GPUs
   * are for those who ask.
   */
  public static Backend fastest() {
    List<Backend> all = ofKernels();
    return all.stream().filter(Backend::isAvailable).findFirst().orElse(all.get(all.size() - 1));
  }
}
