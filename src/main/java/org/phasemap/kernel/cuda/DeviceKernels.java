package org.phasemap.kernel.cuda;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The kernels that there are. */
public final class DeviceKernels {
  private DeviceKernels() {}

  /**
   * The one of a name.
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
        .filter(kernel -> names.matcher(kernel.name()).matches())
        .sorted(
            Comparator.comparingInt(DeviceKernel::columns).thenComparingInt(DeviceKernel::threads))
        .toList();
  }
}
