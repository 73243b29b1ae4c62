package org.phasemap.kernel.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Programs that tests need beside a JDK. Where one is missing, a test is skipped, but fails on CI.
 */
public final class Tool {
  private Tool() {}

  /** Skips the test, or fails on CI, where there is no such command. */
  public static void require(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    boolean there =
        Arrays.stream(path.split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (!there) {
      String message = "no %s on the PATH (Debian: apt-get install %s)".formatted(name, name);
      if (System.getenv("CI") != null) {
        fail(message);
      }
      abort(message);
    }
  }

  /** Runs a command, which must succeed. */
  public static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        fail("%s fails: %s".formatted(List.of(command), output));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
