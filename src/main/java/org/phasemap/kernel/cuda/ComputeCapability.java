package org.phasemap.kernel.cuda;

/**
 * The kind of an NVIDIA GPU, such as 9.0.
 *
 * @param major 7 is Volta and Turing, 8 Ampere and Ada, 9 Hopper, 10 and 12 Blackwell
 * @param minor within it
 */
public record ComputeCapability(int major, int minor) {
  /** Volta: what the PTX is made for. */
  static final ComputeCapability OLDEST = new ComputeCapability(7, 0);

  /** Whether the kernels run on it. */
  boolean runsKernels() {
    return major >= OLDEST.major;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
