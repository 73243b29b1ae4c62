package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command as a user starts it, while it runs.
 *
 * @param log what it says, on both streams
 */
record Launched(Process process, Path log) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What a test waits for. */
  interface Condition {
    boolean isTrue() throws IOException;
  }

  /** Starts {@code jobs/phasemap}. */
  static Launched phasemap(Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("jobs/phasemap"));
    command.addAll(List.of(arguments));
    return of(log, command, Map.of());
  }

  /** Starts any command, with more in its environment. */
  static Launched of(Path log, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("SPARK_HOME");
    return new Launched(
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** What it has said by now. */
  String text() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new IllegalStateException(log.toString(), e);
    }
  }

  /** Waits until something is true; it must be so before the command ends. */
  void await(Condition condition) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.isTrue()) {
      assertThat(process.isAlive()).as(text()).isTrue();
      assertThat(Instant.now()).as(text()).isBefore(deadline);
      Thread.sleep(2);
    }
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    close();
    assertThat(ended).as(text()).isTrue();
    return process.exitValue();
  }

  /** Kills what of it still runs. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Sends it a signal such as {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
  }
}
