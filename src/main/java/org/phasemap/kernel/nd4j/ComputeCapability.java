package org.phasemap.kernel.nd4j;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kind of machine code that an NVIDIA GPU runs, such as 8.6.
 *
 * @param major generation: 7 is Volta and Turing, 8 Ampere and Ada, 9 Hopper
 * @param minor within it
 */
record ComputeCapability(int major, int minor) {
  /**
   * What nd4j-cuda-11.6 1.0.0-M2.1 was compiled for, read from the headers of the device code in
   * {@code libnd4jcuda.so}. It holds no PTX, so a driver cannot translate it for newer GPUs.
   */
  private static final List<ComputeCapability> COMPILED =
      List.of(
          new ComputeCapability(3, 7),
          new ComputeCapability(5, 0),
          new ComputeCapability(5, 2),
          new ComputeCapability(6, 0),
          new ComputeCapability(6, 1),
          new ComputeCapability(7, 0),
          new ComputeCapability(7, 5),
          new ComputeCapability(8, 0),
          new ComputeCapability(8, 6));

  private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})");

  /**
   * Reads {@code 8.6}.
   *
   * @throws IllegalArgumentException if it is written otherwise
   */
  static ComputeCapability parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Cannot read '%s' as a compute capability such as 8.6".formatted(text));
    }
    return new ComputeCapability(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /**
   * Whether ND4J's library has machine code for it. Code for X.y runs on X.z where z ≥ y and
   * nowhere else (CUDA C++ Programming Guide, "Binary Compatibility").
   */
  boolean hasMachineCode() {
    return COMPILED.stream().anyMatch(code -> code.major == major && code.minor <= minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
