package org.phasemap.kernel.cuda;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

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
  /**
   * A kernel.
   *
   * @throws IllegalArgumentException if there is no such kernel
   */
  public static DeviceKernel of(String name) {
    return Ptx.KERNELS.kernel(name);
  }

  /** A template's instances, {@code TEMPLATE_COLUMNS…}, by columns and threads, ascending. */
  public static List<DeviceKernel> instances(String template) {
    Pattern names = Pattern.compile(Pattern.quote(template) + "(_\\d+)+");
    return Ptx.KERNELS.kernels().stream()
        .filter(kernel -> names.matcher(kernel.name).matches())
        .sorted(
            Comparator.comparingInt(DeviceKernel::columns)
                .thenComparingInt(DeviceKernel::threads))
        .toList();
  }

  /** The first number of an instance's name. */
  public int columns() {
    return Integer.parseInt(name.replaceFirst("\\D+_(\\d+).*", "$1"));
  }
}
