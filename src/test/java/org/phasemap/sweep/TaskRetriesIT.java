package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.phasemap.cli.SweepTables.lines;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.StandaloneCluster;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.DeadlyFileSystem;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.progress.SweepListener;
import org.phasemap.sweep.progress.SweepOutcome;

/** Tasks that run twice, die or miss a file, on a real standalone cluster of two hosts. */
class TaskRetriesIT {
  @TempDir private static Path folder = Path.of("");

  /** As often as a task may fail: an executor takes long to start, so fewer than Spark's four. */
  private static final int MAX_FAILURES = 2;

  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    cluster = new StandaloneCluster(folder);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static SparkSession session(int cores) {
    return SparkSession.builder()
        .master(cluster.url())
        .appName("retries")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.scheduler.mode", "FAIR")
        .config("spark.cores.max", cores)
        .config("spark.task.maxFailures", MAX_FAILURES)
        .config("spark.executor.memory", "512m")
        .config("spark.executor.extraClassPath", classPath())
        .config("spark.hadoop.fs.deadly.impl", DeadlyFileSystem.class.getName())
        .config("spark.speculation", "true")
        .config("spark.speculation.interval", "50ms")
        .config("spark.speculation.quantile", "0.1")
        .config("spark.speculation.multiplier", "1.5")
        .getOrCreate();
  }

  /** This JVM's, for executors, which run in folders of their own. */
  private static String classPath() {
    String path = System.getProperty("surefire.test.class.path");
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(path != null ? path : System.getProperty("java.class.path"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static SweepOutcome run(SparkSession spark, String yaml, ResultsFolder results)
      throws IOException {
    return new Sweep(
            () -> spark,
            spark.sparkContext().hadoopConfiguration(),
            SpecReader.parse(
                yaml, "test.yaml", new FileAccess(spark.sparkContext().hadoopConfiguration())),
            results,
            new SweepListener() {})
        .run(Set.of());
  }

  private static ResultsFolder at(String name) {
    return ResultsFolder.at(folder.resolve(name).toString(), new Configuration());
  }

  /** Stops the executor of a host in its first task, until the other host has a copy of that. */
  private static final class Straggler extends SparkListener {
    private static final String HOST = "127.0.0.2";

    private final AtomicInteger copies = new AtomicInteger();
    private boolean stopped;

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      if (start.taskInfo().speculative()) {
        signal("CONT"); // Both attempts go on, and either may be first.
        copies.incrementAndGet();
      } else if (!stopped && start.taskInfo().host().equals(HOST)) {
        stopped = true;
        signal("STOP");
      }
    }

    private static void signal(String name) {
      for (long pid : cluster.executors(HOST)) {
        try {
          new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        } catch (IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @Test
  @Timeout(180)
  void aTaskThatRunsTwiceGivesEachReplicateOnce() throws IOException {
    String yaml =
        """
        name: straggling
        seed: 3
        replicates: 60
        network: {activation: [relu, tanh], depth: 40, width: 96, sigma_multiplier: [1, 1.2]}
        inputs: {count: 4, dimension: 16}
        sampler: dense
        random_numbers: independent
        """;
    Straggler straggler = new Straggler();
    try (SparkSession spark = session(2)) {
      spark.sparkContext().addSparkListener(straggler);
      assertThat(run(spark, yaml, at("straggling")))
          .isEqualTo(new SweepOutcome(4 * 60, 0, 0, true));
    }
    System.out.printf("TaskRetriesIT: %d tasks ran twice%n", straggler.copies.get());
    assertThat(straggler.copies).hasPositiveValue();
    assertThat(lines(at("straggling"), "select distinct cell_id, replicate from replicates"))
        .hasSize(4 * 60);
  }

  /** Counts deaths that Spark lays to a task, and cures the file after so many. */
  private static final class Losses extends SparkListener {
    private final Path cure;
    private final int most;
    private final AtomicInteger counted = new AtomicInteger();

    Losses(Path cure, int most) {
      this.cure = cure;
      this.most = most;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (end.reason() instanceof ExecutorLostFailure lost
          && lost.exitCausedByApp()
          && counted.incrementAndGet() == most) {
        try {
          Files.createFile(cure);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static String data(String name) throws IOException {
    StringBuilder text = new StringBuilder("x,y,kind\n");
    for (int i = 0; i < 20; i++) {
      text.append(i * i % 7).append(',').append(i * i % 11).append(',').append(i % 2).append('\n');
    }
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String training(String name, String path) {
    return """
    name: %s
    replicates: 1
    network: {activation: [relu, tanh], depth: 2, width: 16}
    inputs: {count: 4, dimension: 8}
    training:
      network: {activation: tanh, sigma_multiplier: [1, 2]}
      data: {kind: csv, path: "%s", label: kind}
      batch_size: 4
      steps: 5
    """
        .formatted(name, path);
  }

  @Test
  void aTaskThatDiesTooOftenIsSplitAndTheCellToBlameFails() throws IOException {
    String path = data("poison.csv");
    // Two with both cells, and two with the one that is tried first.
    int deaths = 2 * MAX_FAILURES;
    Losses losses = new Losses(Path.of(path + DeadlyFileSystem.CURE), deaths);
    // One task at a time: it has its deaths in a row.
    try (SparkSession spark = session(1)) {
      spark.sparkContext().addSparkListener(losses);
      SweepOutcome outcome = run(spark, training("poisoned", "deadly:" + path), at("poisoned"));
      assertThat(outcome).isEqualTo(new SweepOutcome(4, 1, 0, true));
    }
    assertThat(losses.counted).hasValue(deaths);
    assertThat(
            lines(
                at("poisoned"),
                "select task, status, error_class, error_message like '%ExecutorLostFailure%'"
                    + " from replicates order by all"))
        .containsExactly(
            "propagation|measured|null|null|",
            "propagation|measured|null|null|",
            "training|failed|java.lang.IllegalStateException|true|",
            "training|measured|null|null|");
  }

  @Test
  void executorsReadDataThroughTheFileSystemsThatSparkWasToldOf() throws IOException {
    try (SparkSession spark = session(2)) {
      assertThat(run(spark, training("told", "deadly:" + data("good.csv")), at("told")))
          .isEqualTo(new SweepOutcome(4, 0, 0, true));
    }
  }

  @Test
  void aFileThatExecutorsMissIsTheUsersMistakeAndNoCells() throws IOException {
    String path = data("lost.csv");
    String yaml = training("missing", path);
    SpecReader.parse(yaml, "test.yaml"); // The driver has read it.
    try (SparkSession spark = session(2)) {
      assertThatThrownBy(
              () ->
                  new Sweep(
                          () -> {
                            new File(path).delete();
                            return spark;
                          },
                          spark.sparkContext().hadoopConfiguration(),
                          SpecReader.parse(yaml, "test.yaml"),
                          at("missing"),
                          new SweepListener() {})
                      .run(Set.of()))
          .isInstanceOf(UserException.class)
          .hasMessageMatching("executor 127\\.0\\.0\\.[12]:\\d+: " + path + ": no such file");
    }
  }
}
