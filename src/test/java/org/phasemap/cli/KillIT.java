package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.store.table.Tables;

/**
 * Kills executors, workers and the driver of a real cluster while units are measured and while
 * waves are committed. {@code -Dphasemap.kills=10} kills ten times, {@code -Dphasemap.kill.seed}
 * repeats a choice of victims and moments.
 */
class KillIT {
  private static final int CELLS = 12;

  /** More for each round of kills. */
  private static final int REPLICATES = 120;

  private static final Pattern ANNOUNCED =
      Pattern.compile("replicates(: nothing is missing|, (?<missing>[\\d,]+) to measure in )");

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

  private record Kill(Victim victim, Moment moment) {
    /** A kill of each kind, the last while {@code cells} are built; or only the first few. */
    static List<Kill> round(Random random, int most) {
      List<Victim> victims = new ArrayList<>(List.of(Victim.values()));
      Collections.shuffle(victims, random);
      List<Moment> moments = new ArrayList<>(EnumSet.complementOf(EnumSet.of(Moment.CELLS)));
      Collections.shuffle(moments, random);
      moments.set(victims.size() - 1, Moment.CELLS);
      return IntStream.range(0, Math.min(most, victims.size()))
          .mapToObj(i -> new Kill(victims.get(i), moments.get(i)))
          .toList();
    }
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
    Path killed = folder.resolve("results/killed");
    FolderWatch watch = new FolderWatch(killed);
    int rounds = 0;
    try (StandaloneCluster cluster = new StandaloneCluster(folder)) {
      for (int left = kills; left > 0; left -= Victim.values().length) {
        Launched driver = start(cluster, ++rounds);
        for (Kill kill : Kill.round(random, left)) {
          await(kill.moment, watch, random, driver);
          String host = StandaloneCluster.HOSTS.get(random.nextInt(2));
          System.out.printf("KillIT: %s while %s%n", kill.victim, kill.moment);
          switch (kill.victim) {
            case EXECUTOR -> cluster.killExecutors(host);
            case WORKER -> cluster.replaceWorker(host);
            case DRIVER -> driver = replace(driver, cluster, watch, rounds);
          }
        }
        awaitSuccess(driver);
      }
    }
    Path whole = folder.resolve("whole");
    awaitSuccess(
        Launched.phasemap(
            folder.resolve("whole.log"),
            "sweep",
            folder.resolve("killed.yaml").toString(),
            "-o",
            replicates(rounds),
            "--results",
            whole.toString()));

    List<String> expected = SweepTables.replicates(whole.resolve("killed"));
    List<String> rows = SweepTables.replicates(killed);
    Set<String> distinct = new HashSet<>(rows);
    System.out.printf(
        "KillIT: %d kills; of %d rows %d lost, %d doubled%n",
        kills,
        expected.size(),
        expected.stream().filter(row -> !distinct.contains(row)).count(),
        rows.size() - distinct.size());
    assertThat(rows).hasSize(CELLS * rounds * REPLICATES).doesNotHaveDuplicates();
    assertThat(rows).isEqualTo(expected);
    assertThat(SweepTables.cells(killed)).isEqualTo(SweepTables.cells(whole.resolve("killed")));
    assertThat(killed.resolve("_lock")).doesNotExist();
    assertThat(killed.resolve("_staging")).doesNotExist();
  }

  private static String replicates(int round) {
    return "replicates=" + round * REPLICATES;
  }

  /** Kills a driver and starts the next, which must measure nothing that is finished. */
  private Launched replace(Launched driver, StandaloneCluster cluster, FolderWatch watch, int round)
      throws IOException, InterruptedException {
    driver.process().destroyForcibly().waitFor();
    long staged = watch.uncommitted();
    long missing = (long) CELLS * round * REPLICATES - watch.committed() - staged;
    Launched next = start(cluster, round);
    next.await(() -> ANNOUNCED.matcher(next.text()).find());
    long announced = announced(next);
    System.out.printf(
        "KillIT: %d rows were finished and not committed, %d are measured again%n",
        staged, Math.max(0, announced - missing));
    // Its executors may have finished more before they ended.
    assertThat(announced).isLessThanOrEqualTo(missing);
    return next;
  }

  private Launched start(StandaloneCluster cluster, int round) throws IOException {
    return cluster.sweep(
        folder.resolve("driver-" + round + ".log"),
        folder.resolve("killed.yaml"),
        folder.resolve("results"),
        "-o",
        replicates(round));
  }

  private static void await(Moment moment, FolderWatch watch, Random random, Launched driver)
      throws IOException, InterruptedException {
    int commits = watch.commits();
    driver.await(() -> ANNOUNCED.matcher(driver.text()).find());
    switch (moment) {
      case MEASURING -> Thread.sleep(random.nextInt(3000));
      case STAGED -> {
        int staged = 1 + random.nextInt(6);
        driver.await(() -> watch.staged() >= staged);
      }
      case COMMITTING -> {
        int before = commits + random.nextInt(2);
        driver.await(() -> watch.commits() >= before);
        driver.await(() -> watch.isCommitting(Tables.REPLICATES));
      }
      case COMMITTED -> {
        int now = commits + 1 + random.nextInt(2);
        driver.await(() -> watch.commits() >= now);
      }
      case CELLS -> driver.await(() -> watch.isCommitting(Tables.CELLS));
    }
    assertThat(driver.process().isAlive()).as(driver.text()).isTrue();
  }

  /** Rows that a driver has said that it measures. */
  private static long announced(Launched driver) {
    Matcher announced = ANNOUNCED.matcher(driver.text());
    assertThat(announced.find()).isTrue();
    String missing = announced.group("missing");
    return missing == null ? 0 : Long.parseLong(missing.replace(",", ""));
  }

  private static void awaitSuccess(Launched driver) throws InterruptedException {
    int exitCode = driver.exitCode();
    assertThat(exitCode).as(driver.text()).isZero();
  }
}
