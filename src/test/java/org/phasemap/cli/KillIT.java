package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.store.ManifestEntry;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.Tables;

/**
 * Kills executors, workers and the driver of a real cluster at random moments. {@code
 * -Dphasemap.kills=10} kills ten times, {@code -Dphasemap.kill.seed} repeats a run.
 */
class KillIT {
  private static final int REPLICATES_PER_KILL = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String YAML =
      """
      name: killed
      seed: 5
      network: {activation: [relu, tanh], depth: [20, 40], width: 192, sigma_multiplier: [0.9, 1, 1.1]}
      inputs: {count: 4, dimension: 16}
      sampler: dense
      random_numbers: independent
      """;

  private enum Victim {
    EXECUTOR,
    WORKER,
    DRIVER
  }

  @TempDir private Path folder = Path.of("");

  @Test
  void whatIsKilledAndResumedEqualsWhatWasNeverInterrupted()
      throws IOException, InterruptedException {
    long seed = Long.getLong("phasemap.kill.seed", System.nanoTime());
    int kills = Integer.getInteger("phasemap.kills", Victim.values().length);
    System.out.printf("KillIT: %d kills, -Dphasemap.kill.seed=%d%n", kills, seed);
    Random random = new Random(seed);
    Files.writeString(folder.resolve("killed.yaml"), YAML);
    try (StandaloneCluster cluster = new StandaloneCluster(folder)) {
      for (int kill = 1; kill <= kills; kill++) {
        Victim victim = Victim.values()[(kill - 1) % Victim.values().length];
        Process driver = start(cluster, kill);
        awaitMeasuring(driver, kill);
        int millis = random.nextInt(6000);
        Thread.sleep(millis);
        String host = StandaloneCluster.HOSTS.get(random.nextInt(2));
        switch (victim) {
          case EXECUTOR -> cluster.killExecutors(host);
          case WORKER -> cluster.replaceWorker(host);
          case DRIVER -> driver.destroyForcibly().waitFor();
        }
        System.out.printf(
            "KillIT: %s after %d ms, %d rows are committed%n", victim, millis, committed());
        if (victim == Victim.DRIVER) {
          driver = start(cluster, kill);
        }
        await(driver, kill);
      }
    }
    Path whole = folder.resolve("whole");
    Process uninterrupted =
        launch("whole.log", "sweep", spec(), "-o", replicates(kills), "--results", "" + whole);
    assertThat(uninterrupted.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    Path killed = folder.resolve("results/killed");
    List<String> rows = SweepTables.replicates(killed);
    assertThat(rows).hasSize(12 * kills * REPLICATES_PER_KILL).doesNotHaveDuplicates();
    assertThat(rows).isEqualTo(SweepTables.replicates(whole.resolve("killed")));
    assertThat(SweepTables.cells(killed)).isEqualTo(SweepTables.cells(whole.resolve("killed")));
    assertThat(killed.resolve("_lock")).doesNotExist();
    assertThat(killed.resolve("_staging")).doesNotExist();
  }

  private String spec() {
    return folder.resolve("killed.yaml").toString();
  }

  private static String replicates(int kill) {
    return "replicates=" + kill * REPLICATES_PER_KILL;
  }

  private Process start(StandaloneCluster cluster, int kill) throws IOException {
    return launch(
        "driver-" + kill + ".log",
        "--master",
        cluster.url(),
        "sweep",
        spec(),
        "-o",
        replicates(kill),
        "--results",
        folder.resolve("results").toString(),
        "--",
        "--conf",
        "spark.driver.host=127.0.0.1",
        "--conf",
        "spark.executor.memory=1g",
        "--conf",
        "spark.phasemap.wave.seconds=2");
  }

  private Process launch(String log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("jobs/phasemap"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("SPARK_HOME");
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve(log).toFile()).start();
  }

  /** Waits until units run. */
  private void awaitMeasuring(Process driver, int kill) throws IOException, InterruptedException {
    Path log = folder.resolve("driver-" + kill + ".log");
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!Files.readString(log).contains(" to measure in ")) {
      assertThat(driver.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(100);
    }
  }

  private void await(Process driver, int kill) throws IOException, InterruptedException {
    boolean ended = driver.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    driver.destroyForcibly();
    String log = Files.readString(folder.resolve("driver-" + kill + ".log"));
    assertThat(ended).as(log).isTrue();
    assertThat(driver.exitValue()).as(log).isZero();
  }

  private long committed() {
    return ResultsFolder.open(folder.resolve("results/killed").toString()).manifest().stream()
        .filter(entry -> entry.table().equals(Tables.REPLICATES))
        .mapToLong(ManifestEntry::rows)
        .sum();
  }
}
