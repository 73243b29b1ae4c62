package org.phasemap.kernel.cuda;

/**
 * A launch that failed. CUDA refuses every later call of this process, so the process must end: as
 * a {@link VirtualMachineError} this makes a Spark executor exit, and its tasks run elsewhere.
 */
public final class CudaFailure extends InternalError {
  private static final long serialVersionUID = 1L;

  CudaFailure(String message) {
    super(message);
  }
}
