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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.store.ManifestEntry;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.Tables;

/** Ctrl-C, as the process gets it. */
class InterruptIT {
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
  private Launched start() throws IOException, InterruptedException {
    Path spec = Files.writeString(folder.resolve("interrupted.yaml"), YAML);
    // Where the tests run in the background, they were told to ignore Ctrl-C; terminals are not.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,HUP"));
    command.addAll(List.of("jobs/phasemap", "sweep", "" + spec, "--results", "" + folder));
    Launched sweep = Launched.of(folder.resolve("sweep.log"), command, Map.of());
    FolderWatch watch = new FolderWatch(results());
    sweep.await(() -> watch.staged() >= 3);
    return sweep;
  }

  private Path results() {
    return folder.resolve("interrupted");
  }

  /** Waits for an end that is no success. */
  private static void awaitEnd(Launched sweep, String signals) throws InterruptedException {
    Instant start = Instant.now();
    int exitCode = sweep.exitCode();
    double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
    System.out.printf("InterruptIT: ended %.1f s after %s%n", seconds, signals);
    assertThat(exitCode).as(sweep.text()).isEqualTo(ExitCode.INCOMPLETE);
  }

  @Test
  void oneCommitsWhatIsMeasuredAndSaysHowToGoOn() throws IOException, InterruptedException {
    Launched sweep = start();
    sweep.signal("INT");
    awaitEnd(sweep, "Ctrl-C");

    List<ManifestEntry> manifest = ResultsFolder.open(results().toString()).manifest();
    assertThat(manifest).isNotEmpty().allMatch(entry -> entry.table().equals(Tables.REPLICATES));
    long rows = manifest.stream().mapToLong(ManifestEntry::rows).sum();
    assertThat(rows).isBetween(1L, 12 * 10000 - 1L);
    assertThat(sweep.text())
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
    Launched sweep = start();
    sweep.signal("HUP");
    sweep.await(() -> sweep.text().contains("stopping;"));
    sweep.signal("INT");
    awaitEnd(sweep, "two");

    assertThat(sweep.text()).doesNotContain("stopped;");
  }
}
