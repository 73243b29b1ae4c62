package org.phasemap.kernel.cuda;

/**
 * A kernel, as its source says of it; the PTX keeps that ({@code src/main/cuda/device.h}).
 *
 * @param name such as {@code weight_free_16_256}
 * @param argumentBytes of its one argument, a struct
 * @param threads of a block, at most
 * @param blocks that share a multiprocessor, at least
 * @param sharedBytes of a block's shared memory; 0 where the source says nothing of it
 */
public record DeviceKernel(
    String name, int argumentBytes, int threads, int blocks, int sharedBytes) {
  /** The first number of an instance's name. */
  public int columns() {
    return Integer.parseInt(name.replaceFirst("\\D+_(\\d+).*", "$1"));
  }
}
