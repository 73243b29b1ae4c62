package org.phasemap.kernel;

import java.util.List;

/** The GPUs of this machine, for a backend that measures on them. */
public interface Gpus {
  /**
   * Asks the driver for their names, in the order of its numbers, and uses none of them.
   *
   * @throws org.phasemap.network.UserException if the backend cannot use them
   */
  List<String> names();

  /**
   * Makes the calling thread compute on one, and gets that ready.
   *
   * @param device the driver's number of it in this process
   * @param bytes of its memory that a task may take
   * @throws org.phasemap.network.UserException if the backend cannot use it
   */
  void bind(int device, long bytes);

  /** Draws numbers on the calling thread's, and compares them. */
  DeviceCheck check();
}
