package org.phasemap.kernel;

/** The GPUs of this machine, as a backend uses them. */
public interface Gpus {
  /** Whether this build can compute on them. */
  boolean areBuiltIn();

  /** What gives a build that can. */
  String remedy();

  /**
   * Asks the machine, and loads what computes on them.
   *
   * @throws org.phasemap.network.UserException if the backend cannot use one of them
   */
  void check();

  /**
   * Makes the calling thread compute on one.
   *
   * @param device the driver's number of it in this process
   */
  void bind(int device);
}
