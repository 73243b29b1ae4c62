package org.phasemap.sweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.StandaloneCluster;
import org.phasemap.cli.SweepTables;
import org.phasemap.kernel.cuda.CudaBackend;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.Sweep;
import org.phasemap.sweep.progress.SweepListener;
import org.phasemap.sweep.progress.SweepOutcome;

/**
 * A real standalone cluster whose worker is told of two GPUs, by the discovery script that users
 * have and an nvidia-smi of the test's. They are emulated.
 */
class GpuClusterIT {
  private static final int CORES_PER_EXECUTOR = 3;

  @TempDir private static Path folder = Path.of("");

  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    script(bin.resolve("nvidia-smi"), "printf '0\\n1\\n'");
    Path discovery =
        script(
            folder.resolve("discovery"),
            "PATH=%s:$PATH exec %s"
                .formatted(bin, Path.of("conf/gpu-discovery.sh").toAbsolutePath()));
    cluster =
        new StandaloneCluster(
            folder,
            List.of("127.0.0.1"),
            2 * CORES_PER_EXECUTOR,
            List.of(
                "-Dspark.worker.resource.gpu.amount=2",
                "-Dspark.worker.resource.gpu.discoveryScript=" + discovery));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Path script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private static SparkSession session(String gpusPerTask) {
    return session(gpusPerTask, "");
  }

  /**
   * A session of executors with a GPU each.
   *
   * @param fault of their emulated devices (docs/gpu.md), or nothing
   */
  private static SparkSession session(String gpusPerTask, String fault) {
    return SparkSession.builder()
        .master(cluster.url())
        .appName("gpus")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.executor.cores", CORES_PER_EXECUTOR)
        .config("spark.executor.memory", "512m")
        .config("spark.executor.resource.gpu.amount", "1")
        .config("spark.executor.extraClassPath", classPath())
        .config("spark.executorEnv.PHASEMAP_CUDA_DRIVER", EmulatedCuda.get().path().toString())
        .config("spark.executorEnv.EMULATED_CUDA_DEVICES", "2")
        .config("spark.executorEnv.EMULATED_CUDA_FAULT", fault)
        .config("spark.phasemap.gpusPerTask", gpusPerTask)
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

  /** A task: where it ran, what GPUs it held, and when. */
  private record Held(String executor, List<String> gpus, long start, long end)
      implements Serializable {}

  private static JavaRDD<Integer> tasks(SparkSession spark, int count) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(IntStream.range(0, count).boxed().toList(), count);
  }

  private static List<Held> run(JavaRDD<Integer> tasks) {
    return tasks
        .map(
            i -> {
              long start = System.currentTimeMillis();
              GpuResources.bind(new CudaBackend());
              Thread.sleep(300);
              return new Held(
                  SparkEnv.get().executorId(),
                  GpuResources.addresses(),
                  start,
                  System.currentTimeMillis());
            })
        .collect();
  }

  /** Most tasks of an executor that ran at once. */
  private static Map<String, Integer> concurrency(List<Held> tasks) {
    Map<String, Integer> most = new TreeMap<>();
    for (Held task : tasks) {
      long together =
          tasks.stream()
              .filter(t -> t.executor.equals(task.executor))
              .filter(t -> t.start <= task.start && task.start < t.end)
              .count();
      most.merge(task.executor, (int) together, Math::max);
    }
    return most;
  }

  private static Set<String> executors(SparkSession spark) {
    return EveryExecutor.run(
            JavaSparkContext.fromSparkContext(spark.sparkContext()),
            new CudaBackend(),
            () -> SparkEnv.get().executorId())
        .results()
        .values()
        .stream()
        .collect(Collectors.toSet());
  }

  private static void eachGpuHasTasksAtOnce(SparkSession spark, int expected) {
    assertThat(executors(spark)).hasSize(2);
    List<Held> held = run(GpuResources.request(tasks(spark, 12), new CudaBackend()));

    assertThat(held).allSatisfy(task -> assertThat(task.gpus).hasSize(1));
    Map<String, Set<String>> gpus =
        held.stream()
            .collect(
                Collectors.groupingBy(
                    Held::executor,
                    TreeMap::new,
                    Collectors.mapping(task -> task.gpus.get(0), Collectors.toSet())));
    assertThat(gpus.values()).containsExactlyInAnyOrder(Set.of("0"), Set.of("1"));
    assertThat(concurrency(held).values()).containsExactly(expected, expected);
  }

  @Test
  void aTaskThatAsksForAGpuHasItAlone() throws IOException {
    try (SparkSession spark = session("1")) {
      eachGpuHasTasksAtOnce(spark, 1);
    }
  }

  @Test
  void tasksThatAskForHalfAGpuShareItByTwoAndRowsAreThoseOfALocalRun(@TempDir Path results)
      throws IOException {
    try (SparkSession spark = session("0.5")) {
      eachGpuHasTasksAtOnce(spark, 2);

      List<Held> free = run(GpuResources.request(tasks(spark, 18), new OpenBlas()));
      assertThat(free).allSatisfy(task -> assertThat(task.gpus).isEmpty());
      assertThat(concurrency(free).values())
          .containsExactly(CORES_PER_EXECUTOR, CORES_PER_EXECUTOR);

      onlyMeasuringAsks(spark, results.resolve("cluster"));

      SparkCheck check = SparkCheck.run(spark);
      assertThat(check.passes()).isTrue();
      assertThat(check.executors().stream().flatMap(e -> e.gpus().stream()))
          .containsExactlyInAnyOrder("0", "1");
      assertThat(check.executors().stream().flatMap(e -> e.backends().stream()))
          .filteredOn(backend -> backend.backend().equals(new CudaBackend()))
          .extracting(ExecutorCheck.BackendCheck::device)
          .containsOnly("emulated GPU, emulated and slow");
    }
    assertRowsAreThoseOfALocalRun(results);
  }

  private static void assertRowsAreThoseOfALocalRun(Path results) throws IOException {
    EmulatedCuda emulated = EmulatedCuda.install();
    try (SparkSession local = SparkSession.builder().master("local[2]").getOrCreate()) {
      sweep(local, results.resolve("local"));
    } finally {
      emulated.reset();
    }
    assertThat(SweepTables.replicates(results.resolve("cluster")))
        .isEqualTo(SweepTables.replicates(results.resolve("local")))
        .hasSize(8);
  }

  /** It can use its GPU no more: so it ends, and other executors measure what it would have. */
  @Test
  void anExecutorEndsWhoseLaunchFailsAndRowsAreThoseOfALocalRun(@TempDir Path results)
      throws IOException {
    Path failed = results.resolve("failed");
    List<String> reasons = new CopyOnWriteArrayList<>();
    try (SparkSession spark = session("1", "weight_free=" + failed)) {
      assertThat(executors(spark)).hasSize(2);
      spark
          .sparkContext()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
                  reasons.add(removed.reason());
                }
              });
      sweep(spark, results.resolve("cluster"));
    }
    assertThat(failed).exists();
    assertThat(reasons).isNotEmpty();
    assertRowsAreThoseOfALocalRun(results);
  }

  private static void sweep(SparkSession spark, Path results) throws IOException {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    SweepOutcome outcome =
        new Sweep(
                () -> spark,
                configuration,
                spec(),
                ResultsFolder.at(results.toString(), configuration),
                new SweepListener() {})
            .run(Set.of());
    assertThat(outcome.failed()).isZero();
  }

  private static void onlyMeasuringAsks(SparkSession spark, Path results) throws IOException {
    Map<Boolean, Set<String>> stages =
        Map.of(true, ConcurrentHashMap.newKeySet(), false, ConcurrentHashMap.newKeySet());
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
                StageInfo stage = submitted.stageInfo();
                boolean asks =
                    stage.resourceProfileId() != ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID();
                Objects.requireNonNull(stages.get(asks)).add(stage.name());
              }
            });
    sweep(spark, results);

    assertThat(stages.get(true))
        .containsOnlyOnce("executors: check each")
        .anyMatch(name -> name.startsWith("gpus: round 1, "))
        .hasSize(2);
    assertThat(stages.get(false)).isNotEmpty();
  }

  private static Spec spec() {
    return SpecReader.parse(
        """
        name: gpus
        seed: 3
        replicates: 2
        backend: cuda
        network: {activation: tanh, depth: [2, 3], width: 16, sigma_multiplier: [1, 1.5]}
        inputs: {count: 4, dimension: 8}
        """,
        "gpus.yaml");
  }
}
