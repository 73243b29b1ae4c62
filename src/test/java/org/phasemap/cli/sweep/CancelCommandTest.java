package org.phasemap.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.Ran;
import org.phasemap.cli.console.Terminal;
import org.phasemap.store.HostileFolder;
import org.phasemap.store.ResultsFolder;

/** {@code cancel} and {@code status --watch}, of a process that holds a folder's lock. */
class CancelCommandTest {
  @TempDir private Path folder = Path.of("");

  private Path results() throws IOException {
    Path results = folder.resolve("sweep");
    try (Stream<Path> files = Files.walk(HostileFolder.KEPT)) {
      for (Path file : files.toList()) {
        Files.copy(file, results.resolve(HostileFolder.KEPT.relativize(file).toString()));
      }
    }
    return results;
  }

  private static void lock(Path results, String host, Process holder) throws IOException {
    long start = holder.info().startInstant().orElseThrow().toEpochMilli();
    Files.writeString(
        results.resolve("_lock"),
        String.format(
            "{\"id\": \"x\", \"host\": \"%s\", \"pid\": %d, \"process_start\": %d, \"user\": \"u\","
                + " \"since\": \"2026-11-30T00:00:00Z\"}",
            host, holder.pid(), start));
  }

  private static String here() throws IOException {
    return InetAddress.getLocalHost().getHostName();
  }

  /** A Java process, as sweeps are. */
  private static Process sleeping() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = System.getProperty("java.class.path");
    return new ProcessBuilder(java, "-Xmx16m", "-cp", path, Sleeper.class.getName()).start();
  }

  /** Waits for a signal. */
  static final class Sleeper {
    private Sleeper() {}

    public static void main(String[] args) throws InterruptedException {
      Thread.sleep(120_000);
    }
  }

  /** A folder from a stranger may name any process of ours. */
  @Test
  void whatIsNoSweepIsLeftAlone() throws IOException {
    Path results = results();
    Process holder = new ProcessBuilder("sleep", "60").start();
    lock(results, here(), holder);
    Ran ran = Ran.of("cancel", results.toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("cannot be asked to stop; allowed: a sweep of yours");
    assertThat(holder.isAlive()).isTrue();
    holder.destroy();
  }

  @Test
  void whoHoldsTheLockIsAskedToStop() throws IOException, InterruptedException {
    Path results = results();
    Process holder = sleeping();
    lock(results, here(), holder);
    Ran ran = Ran.of("cancel", results.toString());

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            "asked process "
                + holder.pid()
                + " to stop, which runs since 2026-11-30T00:00:00Z\nit has stopped\n");
    assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anotherMachinesSweepIsLeftAlone() throws IOException {
    Path results = results();
    Process holder = sleeping();
    lock(results, "elsewhere", holder);
    Ran ran = Ran.of("cancel", results.toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains("its sweep runs on another machine, elsewhere; allowed: the same command there")
        .contains("kill -INT " + holder.pid());
    assertThat(holder.isAlive()).isTrue();
    holder.destroy();
  }

  @Test
  void whereNothingRunsThereIsNothingToStop() throws IOException {
    Ran ran = Ran.of("cancel", results().toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("no sweep writes to it; allowed: a folder with one that runs");
  }

  /** The process ends as soon as something has been said of it. */
  @Test
  void watchingEndsWithTheSweep() throws IOException, InterruptedException {
    Path results = results();
    Process holder = sleeping();
    lock(results, here(), holder);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out =
        new PrintStream(said, true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            super.println(line);
            holder.destroyForcibly();
          }
        };
    Terminal plain = Terminal.of(Map.of(), false, 100);
    new Watch(ResultsFolder.open(results.toString()), 72, out, plain).untilItEnds();

    assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("36 of 72 rows committed\n");
    assertThat(Ran.of("status", results.toString(), "--watch").out())
        .isEqualTo(Ran.of("status", results.toString()).out())
        .contains("measured   36\n")
        .contains("missing    0\n");
  }
}
