package org.phasemap.kernel;

/**
 * A GPU that failed while it computed. This process can use it no more and must end; as a {@link
 * VirtualMachineError} this makes a Spark executor exit, and its tasks run elsewhere.
 */
public final class DeviceFailure extends InternalError {
  private static final long serialVersionUID = 1L;

  public DeviceFailure(String message) {
    super(message);
  }
}
