package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.Ran;
import org.phasemap.cli.SweepTables;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.S3Server;
import org.phasemap.sweep.cluster.HadoopSettings;
import org.phasemap.sweep.cluster.Session;
import org.phasemap.sweep.progress.SweepListener;

/** Every command on results in S3, held to the same commands on a local disk. */
class StoresIT {
  private static final String YAML =
      """
      name: stored
      seed: 11
      replicates: 2
      network: {activation: [relu, tanh], depth: [1, 3], width: 16, sigma_multiplier: [1, 1.4]}
      inputs: {count: 4, dimension: 12}
      training: {network: {depth: [2, 3], sigma_multiplier: 1}, steps: 5}
      """;

  @SuppressWarnings("NullAway.Init")
  private static S3Server server;

  @SuppressWarnings("NullAway.Init")
  private static SparkSession spark;

  @TempDir private static Path folder = Path.of("");

  /** Names of jobs and stages that have run. */
  private static final Queue<String> NAMES = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void sweep() throws Exception {
    server = new S3Server(S3Server.IfNoneMatch.HONOURED);
    System.setProperty("spark.master", "local[2,4]");
    server.properties().forEach((name, value) -> System.setProperty("spark.hadoop." + name, value));
    System.setProperty("spark.phasemap.cache.dir", folder.resolve("cache").toString());
    spark = Session.open("stored");
    spark.sparkContext().addSparkListener(new Names());
    for (String results : List.of(folder.resolve("local").toString(), "s3a://bucket/results")) {
      ResultsFolder at = ResultsFolder.at(results + "/stored", HadoopSettings.ofThisProcess());
      Sweep sweep =
          new Sweep(
              () -> spark,
              HadoopSettings.ofThisProcess(),
              SpecReader.parse(YAML, "stored.yaml"),
              at,
              new SweepListener() {});
      assertThat(sweep.run(Set.of()).complete()).isTrue();
    }
  }

  @AfterAll
  static void stop() {
    spark.stop();
    server.close();
    System.getProperties()
        .keySet()
        .removeIf(key -> key.toString().matches("spark\\.(master|hadoop\\..*|phasemap\\..*)"));
  }

  private static final class Names extends SparkListener {
    @Override
    public void onJobStart(SparkListenerJobStart job) {
      NAMES.add(job.properties().getProperty("spark.job.description"));
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      NAMES.add(stage.stageInfo().name());
    }
  }

  private static String remote() {
    return "s3a://bucket/results/stored";
  }

  private static String local() {
    return folder.resolve("local/stored").toString();
  }

  private static String said(String... arguments) {
    Ran ran = Ran.of(arguments);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return ran.out();
  }

  @Test
  void rowsAndCellsAreThoseOfALocalSweep() {
    ResultsFolder stored = ResultsFolder.open(remote(), HadoopSettings.ofThisProcess());
    assertThat(SweepTables.replicates(stored)).isEqualTo(SweepTables.replicates(Path.of(local())));
    assertThat(SweepTables.cells(stored))
        .hasSize(2 * 2 * 2 + 2 * 2)
        .isEqualTo(SweepTables.cells(Path.of(local())));
  }

  @Test
  void everyCommandSaysWhatItSaysOfALocalSweep() {
    String cell = said("query", local(), "select min(cell_id) as c from cells", "--format", "csv");
    for (List<String> command :
        List.of(
            List.of("status", "RESULTS", "--verify"),
            List.of("query", "RESULTS", "select count(*) from replicates"),
            List.of("boundaries", "RESULTS"),
            List.of("replay", "RESULTS", cell.lines().toList().get(1)),
            List.of("report", "RESULTS"))) {
      assertThat(said(of(command, remote())).replace(remote(), local()))
          .isEqualTo(said(of(command, local())));
    }
    assertThat(server.keys("bucket/results/stored/")).contains("report.html");
  }

  private static String[] of(List<String> command, String results) {
    return command.stream().map(word -> word.replace("RESULTS", results)).toArray(String[]::new);
  }

  /** A second query reads the copies; one whose bytes are others is never one. */
  @Test
  void copiesAreWhatTheManifestSaysAndAreMadeOnce() throws Exception {
    said("query", remote(), "select 1");
    Set<String> copies = copies();
    ResultsFolder stored = ResultsFolder.open(remote(), HadoopSettings.ofThisProcess());
    assertThat(copies)
        .hasSize(stored.dataFiles("replicates").size() + stored.dataFiles("cells").size());
    assertThat(copies).allMatch(name -> name.matches("[0-9a-f]{64}-.+\\.parquet"));
    said("query", remote(), "select 1");
    assertThat(copies()).isEqualTo(copies);
  }

  private static Set<String> copies() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return new TreeSet<>(
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith("."))
              .toList());
    }
  }

  @Test
  void applicationsJobsAndStagesAreNamedByWhatTheyDo() {
    assertThat(spark.sparkContext().appName()).isEqualTo("phasemap stored");
    assertThat(NAMES)
        .isNotEmpty()
        .allMatch(name -> name.startsWith("stored: "))
        .anyMatch(name -> name.matches("stored: round 1, \\d+ tasks of units"))
        .anyMatch(name -> name.matches("stored: wave 1, \\d+ parts merged"))
        .contains("stored: cells, 12 rows");
  }

  @Test
  void aFolderThatIsNoneIsTheUsersMistake() {
    for (Map.Entry<String, String> folder :
        Map.of(
                "s3a://bucket/none", "s3a://bucket/none: not a results folder",
                "abfss://c@a.dfs.core.windows.net/x", "hadoop-azure is not on the class path")
            .entrySet()) {
      for (String command : List.of("status", "report", "boundaries")) {
        Ran ran = Ran.of(command, folder.getKey());
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains(folder.getValue());
      }
    }
  }
}
