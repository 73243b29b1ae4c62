package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code jobs/phasemap} and its neighbours as a user does. */
final class Launcher {
  private Launcher() {}

  /** Runs it to its end, which must be a success, and gives what it said. */
  static String run(Path log, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("jobs/phasemap"));
    command.addAll(Arrays.asList(arguments));
    return run(log, command, Map.of());
  }

  /** The same for another command, with more in its environment. */
  static String run(Path log, List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("SPARK_HOME");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String text = Files.readString(log);
    assertThat(ended).as(text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
