package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cluster jar, which is built against the newest Spark, on standalone clusters of the oldest one
 * that it is for and the one between. {@link ClusterIT} has the newest.
 */
class SparkVersionsIT {
  private static final Path SPEC =
      Path.of("src/test/resources/org/phasemap/cli/small.yaml").toAbsolutePath();

  @ParameterizedTest
  @ValueSource(strings = {"4.0.4", "4.1.3"})
  void aClusterOfAnotherSparkMeasuresTheSameRowsBitForBit(String version, @TempDir Path folder)
      throws IOException, InterruptedException {
    Path spark = Path.of("target/spark-" + version).toAbsolutePath();
    assertThat(spark.resolve("jars")).isNotEmptyDirectory();
    Path local = folder.resolve("local");
    Path remote = folder.resolve("remote");
    Launcher.run(folder.resolve("local.log"), "sweep", "" + SPEC, "--results", "" + local);
    try (StandaloneCluster cluster = new StandaloneCluster(folder, spark)) {
      Launcher.run(
          folder.resolve("remote.log"),
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "@conf/jvm.options",
              "-cp",
              spark.resolve("jars") + "/*",
              "org.apache.spark.deploy.SparkSubmit",
              "--class",
              "org.phasemap.cli.Main",
              "--master",
              cluster.url(),
              "--conf",
              "spark.driver.host=127.0.0.1",
              "--conf",
              "spark.executor.memory=1g",
              System.getProperty("phasemap.cluster.jar"),
              "sweep",
              "" + SPEC,
              "--results",
              "" + remote),
          Map.of("SPARK_SCALA_VERSION", "2.13"));
    }

    List<String> expected = SweepTables.replicates(local.resolve("small"));
    assertThat(expected).hasSize(2 * 2 * 3 * 2 * 2 * 3 + 2);
    assertThat(SweepTables.replicates(remote.resolve("small"))).isEqualTo(expected);
  }
}
