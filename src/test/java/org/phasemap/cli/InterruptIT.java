package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.store.ManifestEntry;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.Tables;

/** Ctrl-C, as the process gets it. */
class InterruptIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String YAML =
      """
      name: interrupted
      replicates: 10000
      network: {activation: [relu, tanh], depth: [20, 40], width: 192, sigma_multiplier: [0.9, 1, 1.1]}
      inputs: {count: 4, dimension: 16}
      sampler: dense
      random_numbers: independent
      """;

  @TempDir private Path folder = Path.of("");

  /** Runs a sweep that would take minutes until tasks have ended. */
  private Process start() throws IOException, InterruptedException {
    Path spec = Files.writeString(folder.resolve("interrupted.yaml"), YAML);
    // Where the tests run in the background, they were told to ignore Ctrl-C; terminals are not.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(List.of("jobs/phasemap", "sweep", "" + spec, "--results", "" + folder));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("SPARK_HOME");
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sweep.log").toFile())
            .start();
    FolderWatch watch = new FolderWatch(results());
    Instant deadline = Instant.now().plus(PATIENCE);
    while (watch.staged() < 3) {
      assertThat(process.isAlive()).as(log()).isTrue();
      assertThat(Instant.now()).as(log()).isBefore(deadline);
      Thread.sleep(20);
    }
    return process;
  }

  private Path results() {
    return folder.resolve("interrupted");
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("sweep.log"));
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
  }

  private double secondsToEnd(Process process) throws IOException, InterruptedException {
    Instant start = Instant.now();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(log()).isTrue();
    return Duration.between(start, Instant.now()).toMillis() / 1e3;
  }

  @Test
  void oneCommitsWhatIsMeasuredAndSaysHowToGoOn() throws IOException, InterruptedException {
    Process process = start();
    interrupt(process);
    System.out.printf("InterruptIT: ended %.1f s after Ctrl-C%n", secondsToEnd(process));

    assertThat(process.exitValue()).as(log()).isEqualTo(Main.INCOMPLETE);
    List<ManifestEntry> manifest = ResultsFolder.open(results().toString()).manifest();
    assertThat(manifest).isNotEmpty().allMatch(entry -> entry.table().equals(Tables.REPLICATES));
    long rows = manifest.stream().mapToLong(ManifestEntry::rows).sum();
    assertThat(rows).isBetween(1L, 12 * 10000 - 1L);
    assertThat(log())
        .contains("phasemap: stopping; what is measured is being committed (again: stops at once)")
        .contains(
            String.format(
                "phasemap: stopped; %,d rows are committed, %,d and cells are missing. The same"
                    + " command goes on with these",
                rows, 12 * 10000 - rows))
        .doesNotContain("\tat ");
    assertThat(results().resolve("_lock")).doesNotExist();
    assertThat(results().resolve("_staging")).doesNotExist();
  }

  @Test
  void twoEndAtOnce() throws IOException, InterruptedException {
    Process process = start();
    interrupt(process);
    while (!log().contains("stopping;")) {
      assertThat(process.isAlive()).as(log()).isTrue();
      Thread.sleep(1);
    }
    interrupt(process);
    System.out.printf("InterruptIT: ended %.1f s after two%n", secondsToEnd(process));

    assertThat(process.exitValue()).isEqualTo(Main.INCOMPLETE);
    assertThat(log()).doesNotContain("stopped;");
  }
}
