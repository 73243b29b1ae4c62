package org.phasemap.sweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.deploy.SparkHadoopUtil$;
import org.junit.jupiter.api.Test;
import org.phasemap.data.LocalFiles;

/** Held to Spark's own way from properties and environment to file systems. */
class HadoopSettingsTest {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:1",
          "spark.hadoop.fs.s3a.path.style.access", "true",
          "spark.hive.metastore.uris", "thrift://x",
          "spark.buffer.size", "4096",
          "unrelated", "1");

  @Test
  void propertiesMeanWhatTheyMeanToSpark() {
    for (String master : new String[] {"local[2]", "spark://127.0.0.1:7077"}) {
      Map<String, String> properties = new TreeMap<>(PROPERTIES);
      properties.put("spark.master", master);

      assertThat(difference(HadoopSettings.of(properties, Map.of()), ofSpark(properties)))
          .as(master)
          .isEmpty();
    }
  }

  /** The environment's endpoint counts with keys alone, as to Spark; a property goes before it. */
  @Test
  void keysOfTheEnvironmentAreThoseOfSpark() {
    Map<String, String> environment =
        Map.of(
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_SESSION_TOKEN", "token",
            "AWS_ENDPOINT_URL", "http://127.0.0.1:2");
    Configuration expected = ofSpark(Map.of());
    SparkHadoopUtil$.MODULE$.appendS3CredentialsFromEnvironment(
        expected, "http://127.0.0.1:2", "id", "secret", "token");

    assertThat(difference(HadoopSettings.of(Map.of(), environment), expected)).isEmpty();
    assertThat(HadoopSettings.of(PROPERTIES, environment).get("fs.s3a.endpoint"))
        .isEqualTo("http://127.0.0.1:1");
    assertThat(
            HadoopSettings.of(Map.of(), Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:2"))
                .get("fs.s3a.endpoint"))
        .isNotEqualTo("http://127.0.0.1:2");
  }

  @Test
  void ownSettingsLoseTheirPrefix() {
    assertThat(HadoopSettings.of(Map.of("spark.phasemap.x", "7"), Map.of()).get("phasemap.x"))
        .isEqualTo("7");
  }

  private static Configuration ofSpark(Map<String, String> properties) {
    SparkConf conf = new SparkConf(false);
    properties.forEach(conf::set);
    if (!properties.getOrDefault("spark.master", "local").startsWith("spark:")) {
      conf.setIfMissing("spark.hadoop.fs.file.impl", LocalFiles.class.getName());
    }
    return SparkHadoopUtil.get().newConfiguration(conf);
  }

  /** What one of a thousand entries is in each, where they differ. */
  private static List<String> difference(Configuration ours, Configuration theirs) {
    Set<String> names = new TreeSet<>();
    ours.forEach(entry -> names.add(entry.getKey()));
    theirs.forEach(entry -> names.add(entry.getKey()));
    return names.stream()
        .filter(name -> !Objects.equals(ours.getRaw(name), theirs.getRaw(name)))
        .map(name -> name + ": " + ours.getRaw(name) + ", " + theirs.getRaw(name))
        .toList();
  }
}
