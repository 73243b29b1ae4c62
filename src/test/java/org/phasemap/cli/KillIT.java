package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.store.Tables;

/**
 * Kills executors, workers and the driver of a real cluster while units are measured and while
 * waves are committed. {@code -Dphasemap.kills=10} kills ten times, {@code -Dphasemap.kill.seed}
 * repeats a choice of victims and moments.
 */
class KillIT {
  private static final int CELLS = 12;
  private static final int REPLICATES_PER_KILL = 160;
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

  /** Moments of a sweep, by what its folder shows. */
  private enum Moment {
    /** Units are being measured. */
    MEASURING,
    /** Some tasks have left their staged files. */
    STAGED,
    /** A wave's file is there, or half of it, and its manifest entry is not. */
    COMMITTING,
    /** A wave has just got its manifest entry. */
    COMMITTED,
    /** The same as COMMITTING, for {@code cells}. */
    CELLS
  }

  @TempDir private Path folder = Path.of("");

  @Test
  void whatIsKilledAndResumedEqualsWhatWasNeverInterrupted()
      throws IOException, InterruptedException {
    long seed = Long.getLong("phasemap.kill.seed", System.nanoTime());
    int kills = Integer.getInteger("phasemap.kills", Victim.values().length);
    System.out.printf("KillIT: %d kills, -Dphasemap.kill.seed=%d%n", kills, seed);
    Random random = new Random(seed);
    List<Moment> moments = new ArrayList<>(List.of(Moment.values()));
    Collections.shuffle(moments, random);
    Files.writeString(folder.resolve("killed.yaml"), YAML);
    Path killed = folder.resolve("results/killed");
    FolderWatch watch = new FolderWatch(killed);
    List<Long> repeated = new ArrayList<>();
    try (StandaloneCluster cluster = new StandaloneCluster(folder)) {
      for (int kill = 1; kill <= kills; kill++) {
        Victim victim = Victim.values()[(kill - 1) % Victim.values().length];
        Moment moment = moments.get((kill - 1) % moments.size());
        int commits = watch.commits();
        Process driver = start(cluster, kill);
        await(moment, watch, random, driver, kill);
        String host = StandaloneCluster.HOSTS.get(random.nextInt(2));
        switch (victim) {
          case EXECUTOR -> cluster.killExecutors(host);
          case WORKER -> cluster.replaceWorker(host);
          case DRIVER -> driver.destroyForcibly().waitFor();
        }
        System.out.printf(
            "KillIT: %s while %s, after %d commits of its run",
            victim, moment, watch.commits() - commits);
        if (victim == Victim.DRIVER) {
          repeated.add(watch.uncommitted());
          System.out.printf(", %d finished rows lost", repeated.get(repeated.size() - 1));
          driver = start(cluster, kill);
        }
        System.out.println();
        awaitEnd(driver, kill);
      }
    }
    Path whole = folder.resolve("whole");
    Process uninterrupted =
        launch("whole.log", "sweep", spec(), "-o", replicates(kills), "--results", "" + whole);
    assertThat(uninterrupted.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    List<String> expected = SweepTables.replicates(whole.resolve("killed"));
    List<String> rows = SweepTables.replicates(killed);
    Set<String> distinct = new HashSet<>(rows);
    long wave = 1;
    System.out.printf(
        "KillIT: %d kills; of %d rows %d lost, %d doubled, %d measured again by %d new drivers; the"
            + " largest wave had %d%n",
        kills,
        expected.size(),
        expected.stream().filter(row -> !distinct.contains(row)).count(),
        rows.size() - distinct.size(),
        repeated.stream().mapToLong(n -> n).sum(),
        repeated.size(),
        wave);
    assertThat(rows).hasSize(CELLS * kills * REPLICATES_PER_KILL).doesNotHaveDuplicates();
    assertThat(rows).isEqualTo(expected);
    assertThat(SweepTables.cells(killed)).isEqualTo(SweepTables.cells(whole.resolve("killed")));
    // The wave that is being committed, and what was measured meanwhile.
    assertThat(repeated).allMatch(finished -> finished <= 2 * wave);
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
        "spark.phasemap.wave.seconds=1");
  }

  private Process launch(String log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("jobs/phasemap"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("SPARK_HOME");
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve(log).toFile()).start();
  }

  private void await(Moment moment, FolderWatch watch, Random random, Process driver, int kill)
      throws IOException, InterruptedException {
    int commits = watch.commits();
    until(driver, kill, () -> log(kill).contains(" to measure in "));
    switch (moment) {
      case MEASURING -> Thread.sleep(random.nextInt(3000));
      case STAGED -> {
        int staged = 1 + random.nextInt(6);
        until(driver, kill, () -> watch.staged() >= staged);
      }
      case COMMITTING -> {
        int before = commits + random.nextInt(2);
        until(driver, kill, () -> watch.commits() >= before);
        until(driver, kill, () -> watch.isCommitting(Tables.REPLICATES));
      }
      case COMMITTED -> {
        int now = commits + 1 + random.nextInt(2);
        until(driver, kill, () -> watch.commits() >= now);
      }
      case CELLS -> until(driver, kill, () -> watch.isCommitting(Tables.CELLS));
    }
    assertThat(driver.isAlive()).as(log(kill)).isTrue();
  }

  /** What a folder may show. */
  private interface Condition {
    boolean isTrue() throws IOException;
  }

  private void until(Process driver, int kill, Condition condition)
      throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.isTrue()) {
      if (!driver.isAlive() || Instant.now().isAfter(deadline)) {
        fail("the sweep ended before its kill, or never came to it: " + log(kill));
      }
      Thread.sleep(2);
    }
  }

  private void awaitEnd(Process driver, int kill) throws IOException, InterruptedException {
    boolean ended = driver.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    driver.destroyForcibly();
    assertThat(ended).as(log(kill)).isTrue();
    assertThat(driver.exitValue()).as(log(kill)).isZero();
  }

  private String log(int kill) throws IOException {
    return Files.readString(folder.resolve("driver-" + kill + ".log"));
  }
}
