package org.phasemap.kernel;

import java.io.Serializable;
import java.util.Optional;

/**
 * Who does the arithmetic. It has no state, and equals its like in another process. Nothing loads
 * native code but {@link #fault}, {@link #device}, {@link #open} and what {@link Gpus} do.
 */
public interface Backend extends Serializable {
  /** The name that specs and tables use. */
  String id();

  /** Of backends that work, the one with the lowest number is the default. */
  int order();

  /** Whether it must work on every machine that the product runs on. */
  boolean worksEverywhere();

  /** Why it cannot be used here; empty if it can. */
  Optional<String> fault();

  /** What it computes on here: {@code cpu}, or the name of the GPU. */
  String device();

  /**
   * The GPUs that it measures on; its kernel then is the CPU's, for what they leave to it. Empty if
   * it measures by its kernel.
   */
  Optional<Gpus> gpus();

  /** How wide products should be, and what operations cost. */
  default Speed speed() {
    return Speed.OF_A_CORE;
  }

  /**
   * A kernel for the calling thread.
   *
   * @throws UnsupportedOperationException if the backend cannot be used here
   */
  Kernel open();

  /** Whether its rows may stand beside those of an earlier backend: other last bits of one law. */
  default boolean replaces(String earlier) {
    return false;
  }

  /** Whether it can be used here. */
  default boolean isAvailable() {
    return fault().isEmpty();
  }
}
