package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs {@code jobs/phasemap} and its neighbours as a user does. */
final class Launcher {
  private Launcher() {}

  /** Runs it to its end, which must be a success, and gives what it said. */
  static String run(Path log, String... arguments) throws IOException, InterruptedException {
    return succeeded(Launched.phasemap(log, arguments));
  }

  /** The same for another command, with more in its environment. */
  static String run(Path log, List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    return succeeded(Launched.of(log, command, environment));
  }

  private static String succeeded(Launched launched) throws InterruptedException {
    int exitCode = launched.exitCode();
    assertThat(exitCode).as(launched.text()).isZero();
    return launched.text();
  }
}
