package org.phasemap.sweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.internal.config.ConfigEntry$;
import org.apache.spark.internal.config.UI$;
import org.apache.spark.internal.config.package$;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.internal.StaticSQLConf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The properties of {@code conf/spark} are ones that Spark knows, and each has its reason. */
class SparkConfTest {
  /**
   * Properties without an entry of their own in Spark's modules that we depend on, from Spark 4.2's
   * documentation: configuration.md (resources by name; executorEnv) and running-on-kubernetes.md.
   * RapidsIT holds the names of RAPIDS to its own registry.
   */
  private static final Set<String> DOCUMENTED =
      Set.of(
          "spark.executor.resource.gpu.amount",
          "spark.executor.resource.gpu.discoveryScript",
          "spark.executor.resource.gpu.vendor",
          "spark.kubernetes.allocation.batch.size",
          "spark.kubernetes.authenticate.serviceAccountName",
          "spark.kubernetes.container.image",
          "spark.kubernetes.driver.pod.name",
          "spark.kubernetes.executor.podTemplateFile",
          "spark.kubernetes.namespace",
          "spark.master");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("conf/spark"))) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
  }

  /** Names and values as spark-submit reads them. */
  static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  /** Entries register when the objects that hold them load. */
  @BeforeAll
  static void loadEntries() {
    assertThat(
            List.of(
                package$.MODULE$.EXECUTOR_CORES().key(),
                UI$.MODULE$.UI_ENABLED().key(),
                SQLConf.SHUFFLE_PARTITIONS().key(),
                StaticSQLConf.SPARK_CACHE_SERIALIZER().key()))
        .containsExactly(
            "spark.executor.cores",
            "spark.ui.enabled",
            "spark.sql.shuffle.partitions",
            "spark.sql.cache.serializer");
  }

  @Test
  void aMisspeltPropertyIsUnknown() {
    assertThat(isKnown("spark.executor.core")).isFalse();
  }

  @Test
  void thereIsAFileForEachKindOfCluster() throws IOException {
    assertThat(files().stream().map(file -> file.getFileName().toString()))
        .containsExactly(
            "kubernetes.conf", "local.conf", "rapids.conf", "standalone.conf", "yarn.conf");
  }

  @ParameterizedTest
  @MethodSource("files")
  void sparkKnowsEveryProperty(Path file) throws IOException {
    Set<String> unknown =
        read(file).stringPropertyNames().stream()
            .filter(name -> !isKnown(name))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(unknown).isEmpty();
  }

  private static boolean isKnown(String name) {
    return ConfigEntry$.MODULE$.findEntry(name) != null
        || DOCUMENTED.contains(name)
        || name.equals(GpuResources.PER_TASK)
        || name.equals(GpuResources.MEMORY)
        || name.startsWith("spark.executorEnv.")
        || name.startsWith("spark.rapids.");
  }

  @Test
  void sparkKnowsThePropertiesOfTheJobOfKubernetes() throws IOException {
    List<String> names =
        Pattern.compile("(?m)^ *- (spark\\.[\\w.]+)=")
            .matcher(Files.readString(Path.of("jobs/kubernetes/phasemap.yaml")))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(names).hasSize(3).allMatch(SparkConfTest::isKnown);
  }

  @Test
  void executorsAreSetAsDriversAre() throws IOException {
    Map<String, String> set = new HashMap<>();
    set.put(
        "spark.executor.extraJavaOptions",
        Files.readAllLines(Path.of("conf/jvm.options")).stream()
            .filter(line -> line.startsWith("-XX:Tier4"))
            .collect(Collectors.joining(" ")));
    Matcher exported =
        Pattern.compile("(?m)^export (\\w+)=.*:-(\\d+)\\}$")
            .matcher(Files.readString(Path.of("conf/malloc.sh")));
    while (exported.find()) {
      set.put("spark.executorEnv." + exported.group(1), exported.group(2));
    }

    assertThat(set).hasSize(3).doesNotContainValue("");
    for (String cluster : List.of("kubernetes", "standalone", "yarn")) {
      assertThat(read(Path.of("conf/spark/" + cluster + ".conf"))).containsAllEntriesOf(set);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyPropertyHasAReasonAboveItOrAboveItsGroup(Path file) throws IOException {
    List<String> bare = new ArrayList<>();
    String before = "";
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("spark.") && before.isBlank()) {
        bare.add(line);
      }
      before = line;
    }

    assertThat(bare).isEmpty();
  }
}
