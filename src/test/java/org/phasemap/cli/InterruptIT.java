package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.table.Tables;

/** Ctrl-C, as the process gets it, in every command that may take long. */
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

  private static final String TRAINING =
      """
      name: reads
      probes: []
      network: {activation: relu, depth: 2, width: 8}
      training:
        data: {kind: csv, path: 'RESULTS', label: label}
        network: {activation: relu, depth: 2, width: 8}
        steps: 1
      """;

  @TempDir private Path folder = Path.of("");

  /** Runs a sweep that would take minutes until tasks have ended. */
  private Launched start() throws IOException, InterruptedException {
    Path spec = Files.writeString(folder.resolve("interrupted.yaml"), YAML);
    Launched sweep = started("sweep", "" + spec, "--results", "" + folder);
    FolderWatch watch = new FolderWatch(results());
    sweep.await(() -> watch.staged() >= 3);
    return sweep;
  }

  private Launched started(String... arguments) throws IOException {
    // Where the tests run in the background, they were told to ignore Ctrl-C; terminals are not.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,HUP"));
    command.add("jobs/phasemap");
    command.addAll(List.of(arguments));
    return Launched.of(folder.resolve("log"), command, Map.of());
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
                "phasemap: stopped; %,d rows are committed, %,d and the table of cells are missing."
                    + " The same command goes on with these",
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

  /** A name node that takes connections and never answers keeps readers waiting. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "status RESULTS",
        "query RESULTS count(*)",
        "report RESULTS",
        "boundaries RESULTS",
        "replay RESULTS 0",
        "plan SPEC"
      })
  void otherCommandsEndAtOnceAndSayNothing(String line) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String results = "hdfs://127.0.0.1:" + silent.getLocalPort() + "/results";
      Path spec = folder.resolve("spec.yaml");
      Files.writeString(spec, TRAINING.replace("RESULTS", results));
      String command = line.replace("RESULTS", results).replace("SPEC", spec.toString());
      Launched launched = started(command.split(" ", -1));
      silent.setSoTimeout((int) Duration.ofMinutes(2).toMillis());
      try (Socket connection = silent.accept()) {
        assertThat(connection.isConnected()).isTrue();
        assertEndsAtOnce(launched);
        assertThat(launched.text()).isEmpty();
      }
    }
  }

  @Test
  void aTableOfTheoryEndsInTheMiddle() throws Exception {
    Launched theory =
        started(
            ("theory maps --activation tanh --depth 100 --sigma-w2 0.1:10:0.001"
                    + " --sigma-b2 0:1:0.02 --format csv")
                .split(" ", -1));
    theory.await(() -> theory.text().lines().count() > 1);
    assertEndsAtOnce(theory);
    assertThat(theory.text()).startsWith("activation,").doesNotContain("phasemap: ");
  }

  /** As a shell expects of what Ctrl-C has ended: 128 + 2. */
  private static void assertEndsAtOnce(Launched launched) throws Exception {
    launched.signal("INT");
    assertThat(launched.process().waitFor(20, TimeUnit.SECONDS)).as(launched.text()).isTrue();
    assertThat(launched.process().exitValue()).as(launched.text()).isEqualTo(130);
  }
}
