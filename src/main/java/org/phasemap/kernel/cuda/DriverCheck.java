package org.phasemap.kernel.cuda;

/** Looks at what a call of the driver gave back. */
interface DriverCheck {
  /**
   * Does nothing where it went well.
   *
   * @param error what it gave back
   * @param call its name
   */
  void check(int error, String call);
}
