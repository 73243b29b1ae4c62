package org.phasemap.sweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.impl.AWSClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.Ran;

/** A store that takes connections and never answers is named soon, in one message. */
class StorePatienceTest {
  private static final String PREFIX = "spark.hadoop.fs.s3a.";

  private static void set(Map<String, String> properties) {
    properties.forEach((name, value) -> System.setProperty(PREFIX + name, value));
  }

  @AfterEach
  void forget() {
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith(PREFIX));
    AWSClientConfig.resetMinimumOperationDuration();
  }

  /** Hadoop waits from half to one and a half times interval · 2ⁿ before its n-th try. */
  @Test
  void aSilentStoreTakesAMinuteAndAHalfAtMost() {
    Configuration driver = HadoopSettings.ofThisProcess();
    int again = driver.getInt("fs.s3a.retry.limit", 0);
    long request =
        driver.getTimeDuration("fs.s3a.connection.request.timeout", 0, TimeUnit.MILLISECONDS);
    long interval = driver.getTimeDuration("fs.s3a.retry.interval", 0, TimeUnit.MILLISECONDS);
    double waits = 1.5 * interval * (Math.pow(2, again + 1) - 2);

    assertThat(Duration.ofMillis(request)).isEqualTo(AWSClientConfig.getMinimumOperationDuration());
    assertThat((again + 1) * request + waits).isLessThan(90_000);
    assertThat(driver.getInt("fs.s3a.attempts.maximum", 0)).isEqualTo(1);
    assertThat(
            driver.getTimeDuration(
                "fs.s3a.connection.part.upload.timeout", 0, TimeUnit.MILLISECONDS))
        .isEqualTo(60_000);
  }

  @Test
  void whatTheUserSetsIsLeft() {
    set(Map.of("retry.limit", "7", "connection.request.timeout", "60s"));
    Configuration driver = HadoopSettings.ofThisProcess();
    assertThat(driver.get("fs.s3a.retry.limit")).isEqualTo("7");
    assertThat(driver.get("fs.s3a.connection.request.timeout")).isEqualTo("60s");

    String site =
        "<configuration><property><name>fs.s3a.retry.limit</name><value>9</value></property>"
            + "</configuration>";
    Configuration configured = new Configuration();
    configured.addResource(
        new ByteArrayInputStream(site.getBytes(StandardCharsets.UTF_8)), "core-site.xml");
    StorePatience.limit(configured);
    assertThat(configured.get("fs.s3a.retry.limit")).isEqualTo("9");
    assertThat(configured.get("fs.s3a.retry.interval")).isEqualTo("1s");
  }

  @Test
  void readersAndWritersSayItInOneLine(@TempDir Path folder) throws Exception {
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(spec, "name: silent\nnetwork: {activation: relu, depth: 2, width: 8}\n");
    // Less than S3A would take from a user, so that the test is short.
    AWSClientConfig.setMinimumOperationDuration(Duration.ofMillis(1));
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Map<String, String> properties = new HashMap<>();
      properties.put("endpoint", "http://127.0.0.1:" + silent.getLocalPort());
      properties.put("endpoint.region", "us-east-1");
      properties.put("path.style.access", "true");
      properties.put("access.key", "key");
      properties.put("secret.key", "secret");
      properties.put("connection.request.timeout", "300ms");
      properties.put("retry.limit", "1");
      properties.put("retry.interval", "1ms");
      set(properties);

      assertRefused(Ran.of("status", "s3a://silent/x"), "s3a://silent/x: cannot be read (");
      assertRefused(Ran.of("query", "s3a://silent/x", "select 1"), "cannot be read (");
      assertRefused(
          Ran.of("sweep", "" + spec, "--results", "s3a://silent", "--quiet"),
          "cannot be written (Writing Object on "); // It asks no second time.
    }
  }

  private static void assertRefused(Ran ran, String message) {
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err().lines()).as(ran.err()).hasSize(1);
    assertThat(ran.err())
        .startsWith("phasemap: s3a://silent")
        .contains(message, "ApiCallTimeoutException", "; allowed: ");
  }
}
