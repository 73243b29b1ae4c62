package org.phasemap.kernel.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Kernels as text that the driver translates for its GPU.
 *
 * @param text of the PTX
 * @param parameterBytes of each kernel's one argument, by the kernel's name
 */
record Ptx(String text, Map<String, Integer> parameterBytes) {
  private static final Pattern ENTRY =
      Pattern.compile("\\.entry (\\w+)\\(\\s*\\.param \\.align \\d+ \\.b8 \\w+\\[(\\d+)]\\s*\\)");

  /** Made by {@code jobs/cuda-kernels ptx}. */
  static final Ptx KERNELS = parse(read("phasemap.ptx"));

  /** Reads the names of the kernels, and how large their arguments are. */
  static Ptx parse(String text) {
    return new Ptx(
        text,
        ENTRY
            .matcher(text)
            .results()
            .collect(
                Collectors.toUnmodifiableMap(
                    match -> match.group(1), match -> Integer.parseInt(match.group(2)))));
  }

  private static String read(String name) {
    try (InputStream in = Ptx.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks a launch's argument.
   *
   * @throws IllegalArgumentException if there is no such kernel, or its argument has another size
   */
  void check(String kernel, int bytes) {
    Integer expected = parameterBytes.get(kernel);
    if (expected == null || expected != bytes) {
      throw new IllegalArgumentException(
          "Cannot launch %s with an argument of %d bytes: must be %s"
              .formatted(kernel, bytes, expected == null ? "one of the PTX" : expected));
    }
  }
}
