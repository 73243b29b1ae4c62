package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.chart.dashboard.RawHttp.Reply;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.S3Server;
import org.phasemap.store.table.Tables;

/** A dashboard of sweeps in S3, held to one of the same sweeps on a local disk. */
class DashboardStoreTest {
  private static final Path STORED =
      Path.of("src/test/resources/org/phasemap/cli/schema").resolve("schema-6");

  @TempDir private Path root = Path.of("");

  private S3Server store() throws Exception {
    DashboardSecurityTest.copy(STORED, root.resolve("local/kept"));
    S3Server store = new S3Server(S3Server.IfNoneMatch.HONOURED);
    try (var files = Files.walk(STORED)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        store.overwrite("bucket/maps/kept/" + STORED.relativize(file), Files.readAllBytes(file));
      }
    }
    return store;
  }

  private Served served(S3Server store) {
    Configuration configuration = store.configuration();
    configuration.setBoolean("fs.s3a.impl.disable.cache", true); // It would ask the test before.
    configuration.setInt("fs.s3a.retry.limit", 1);
    configuration.set("phasemap.cache.dir", root.resolve("cache").toString());
    return new Served("s3a://bucket/maps", false, Served.LIMITS, configuration);
  }

  @Test
  void everyAnswerIsThatOfALocalDisk() throws Exception {
    String cell = "d58df9cc1d73581d";
    try (S3Server store = store();
        Served served = served(store);
        Served local = new Served(root.resolve("local"))) {
      assertThat(served.sweeps()).isEqualTo(local.sweeps());
      for (String address :
          List.of(
              "",
              "/map?quantity=ln_q",
              "/lines",
              "/slice?x=depth",
              "/agreement?quantity=ln_q",
              "/parallel",
              "/collapse?scale=depth",
              "/table?query=counts",
              "/export?chart=map&format=csv",
              "/cell/" + cell,
              "/replicates/" + cell + "?quantity=ln_q")) {
        Reply there = served.http.get("/api/s/kept" + address);
        Reply here = local.http.get("/api/s/kept" + address);
        assertThat(there.status()).as(address + " " + there.text()).isEqualTo(200);
        assertThat(there.body()).as(address).isEqualTo(here.body());
      }
    }
    try (var copies = Files.list(root.resolve("cache"))) {
      assertThat(copies.filter(file -> file.toString().endsWith(".parquet"))).isNotEmpty();
    }
  }

  @Test
  void aFileThatIsDamagedThereIsSaidToBe() throws Exception {
    try (S3Server store = store()) {
      ResultsFolder folder = ResultsFolder.open(root.resolve("local/kept").toString());
      String file = folder.dataFiles(Tables.CELLS).get(0).path();
      byte[] bytes = Files.readAllBytes(root.resolve("local/kept").resolve(file));
      bytes[bytes.length / 3] ^= 1;
      store.overwrite("bucket/maps/kept/" + file, bytes);
      try (Served served = served(store)) {
        Reply map = served.http.get("/api/s/kept/map");
        assertThat(map.status()).isEqualTo(404);
        assertThat(map.text()).contains("damaged").doesNotContain("s3a:", root.toString());
        JsonNode sweep = served.sweeps().get(0);
        assertThat(sweep.get("state").asText()).isEqualTo("damaged");
        assertThat(sweep.get("note").asText()).contains("damaged").doesNotContain("bucket/");
      }
    }
  }

  /** What is open answers on, and what was known is listed: a store may be away for a minute. */
  @Test
  @SuppressWarnings("try") // The store goes away early.
  void aStoreThatDoesNotAnswerTakesNothingFromThePage() throws Exception {
    try (S3Server store = store();
        Served served = served(store)) {
      assertThat(served.json("s/kept/map?quantity=ln_q").get("shown").asInt()).isPositive();
      store.close();
      Thread.sleep(2_100); // Folders are looked for, and manifests looked at, as often as this.
      assertThat(served.json("s/kept/map?quantity=c").get("shown").asInt()).isPositive();
      JsonNode sweep = served.sweeps().get(0);
      assertThat(sweep.get("id").asText()).isEqualTo("kept");
      assertThat(sweep.toString()).doesNotContain(root.toString(), "Exception");
    }
  }
}
