package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.chart.dashboard.RawHttp.Reply;
import org.phasemap.store.Commit;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/** Sweeps that move, and sweeps that are broken, beside one that is whole. */
class DashboardLiveTest {
  private static final Path STORED = Path.of("src/test/resources/org/phasemap/cli/schema");
  private static final Configuration CONFIGURATION = new Configuration();
  private static final String MAP = "s/moving/map?quantity=ln_q";

  @TempDir private Path root = Path.of("");

  private ResultsFolder folder(String name) {
    return ResultsFolder.open(root.resolve(name).toString());
  }

  private void copy(String schema, String name) throws Exception {
    DashboardSecurityTest.copy(STORED.resolve(schema), root.resolve(name));
  }

  /** Every row of a table once more, under other numbers of replicates. */
  private ManifestEntry.DataFile wave(Commit commit) throws IOException {
    ResultsFolder folder = folder("moving");
    String file = folder.dataFiles(Tables.REPLICATES).get(0).path();
    List<Column> columns = RowFile.columns(CONFIGURATION, folder.uri(), file, Tables.replicates());
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (@Nullable Object[] row : RowFile.read(CONFIGURATION, folder.uri(), file, columns)) {
      for (int i = 0; i < row.length; i++) {
        if (columns.get(i).name().equals("replicate")) {
          row[i] = 100 + (Integer) Objects.requireNonNull(row[i]);
        }
      }
      rows.add(row);
    }
    return RowFile.write(
        CONFIGURATION,
        folder.uri(),
        commit.newPath(Tables.REPLICATES) + ".parquet",
        columns,
        folder.provenance(),
        rows.iterator());
  }

  @Test
  void aRunningSweepMovesByItself() throws Exception {
    copy("schema-6", "moving");
    try (Served served = new Served(root)) {
      JsonNode before = served.json(MAP);
      assertThat(before.get("revision").asInt()).isEqualTo(2);
      assertThat(before.get("provisional").asBoolean()).isFalse();
      assertThat(state(served, "moving")).isEqualTo("complete");
      ResultsFolder folder = folder("moving");
      try (FolderLock lock = FolderLock.take(folder)) {
        Commit commit = new Commit(folder, lock);
        commit.add(Tables.REPLICATES, List.of(wave(commit)), folder.provenance());
        JsonNode after = moved(served, 3);
        assertThat(after.get("provisional").asBoolean()).isTrue();
        assertThat(Served.column(after, "value")).isEqualTo(Served.column(before, "value"));
        assertThat(Served.column(after, "n"))
            .isEqualTo(Served.column(before, "n").stream().map(n -> 2 * (Double) n).toList());
        assertThat(Served.column(after, "theory")).containsOnlyNulls();
        JsonNode sweep = served.sweeps().get(0);
        assertThat(sweep.get("state").asText()).isEqualTo("running");
        assertThat(sweep.get("progress").get("total").asInt()).isEqualTo(100);
        // The sweep ends: it makes its cells.
        commit.replace(Tables.CELLS, folder.dataFiles(Tables.CELLS), folder.provenance());
      }
      JsonNode last = moved(served, 4);
      assertThat(last.get("provisional").asBoolean()).isFalse();
      assertThat(last.get("columns")).isEqualTo(before.get("columns"));
      for (int i = 0; i < 100 && state(served, "moving").equals("running"); i++) {
        Thread.sleep(100); // The lock was looked at before it was given back.
      }
      assertThat(state(served, "moving")).isEqualTo("complete");
    }
  }

  /** The map, once it is of a commit; the page asks again and again, too. */
  private static JsonNode moved(Served served, int revision) throws Exception {
    JsonNode map = served.json(MAP);
    for (int i = 0; i < 600 && map.get("revision").asInt() < revision; i++) {
      Thread.sleep(100);
      map = served.json(MAP);
    }
    assertThat(map.get("revision").asInt()).isEqualTo(revision);
    return map;
  }

  private static String state(Served served, String id) throws Exception {
    for (JsonNode sweep : served.sweeps()) {
      if (sweep.get("id").asText().equals(id)) {
        return sweep.get("state").asText();
      }
    }
    return "none";
  }

  @Test
  void aSweepThatIsBrokenOrOldIsSaidToBeSoAndTheOthersGoOn() throws Exception {
    copy("schema-6", "good");
    copy("schema-6", "cut-off");
    copy("schema-6", "gone");
    copy("schema-6", "garbled");
    copy("schema-6", "no-manifest");
    copy("schema-1", "old");
    Path cells = only(root.resolve("cut-off/cells"));
    Files.write(cells, java.util.Arrays.copyOf(Files.readAllBytes(cells), 500));
    Files.delete(only(root.resolve("gone/replicates")));
    Path rows = only(root.resolve("garbled/replicates"));
    byte[] bytes = Files.readAllBytes(rows);
    java.util.Arrays.fill(bytes, 4, bytes.length / 2, (byte) 0x5a);
    Files.write(rows, bytes);
    Files.writeString(root.resolve("no-manifest/manifest/000001.json"), "{\"schema_version\": ");
    copy("schema-6", "new");
    Files.writeString(root.resolve("new/manifest/000001.json"), "{\"schema_version\": 99}");
    try (Served served = new Served(root)) {
      Map<String, String> states =
          Map.of(
              "good",
              "complete",
              "cut-off",
              "damaged",
              "gone",
              "damaged",
              "no-manifest",
              "damaged",
              "old",
              "older",
              "new",
              "newer");
      JsonNode sweeps = served.sweeps();
      assertThat(sweeps).hasSize(7);
      for (JsonNode sweep : sweeps) {
        String id = sweep.get("id").asText();
        if (states.containsKey(id)) {
          assertThat(sweep.get("state").asText()).as(id).isEqualTo(states.get(id));
          assertThat(sweep.get("note").asText().isEmpty()).as(id).isEqualTo(id.equals("good"));
        }
        assertThat(sweep.toString()).doesNotContain(root.toString());
      }
      for (String id : List.of("cut-off", "gone", "no-manifest", "old", "new")) {
        Reply reply = served.http.get("/api/s/" + id + "/map");
        assertThat(reply.status()).as(id).isEqualTo(404);
        assertThat(reply.text())
            .startsWith("{\"error\":\"")
            .doesNotContain(root.toString(), "Exception");
      }
      // Its rows are read when they are asked for.
      Reply cell = served.http.get("/api/s/garbled/cell/d58df9cc1d73581d");
      assertThat(cell.status()).isEqualTo(404);
      assertThat(cell.text()).contains("damaged").doesNotContain(root.toString());
      assertThat(served.http.get("/api/s/good/map").status()).isEqualTo(200);
      assertThat(served.http.get("/api/s/garbled/map").status()).isIn(200, 404);
    }
  }

  /** A list is wanted at once; a file that cannot be read yet keeps it no more than a table. */
  @Test
  void aListWaitsForNoFile() throws Exception {
    copy("schema-6", "moving");
    Configuration slow = SlowFiles.register(new Configuration());
    try (Served served = new Served(root.toString(), false, Served.LIMITS, slow)) {
      Thread map = new Thread(() -> served.http.get("/api/" + MAP));
      map.start();
      JsonNode sweep = served.json("sweeps").get(0);
      assertThat(sweep.get("state").asText()).isEqualTo("looking");
      assertThat(sweep.get("note").asText()).isNotEmpty();
      SlowFiles.open();
      map.join();
      assertThat(served.sweeps().get(0).get("state").asText()).isEqualTo("complete");
      assertThat(served.json(MAP).get("revision").asInt()).isEqualTo(2);
    }
  }

  private static Path only(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  @Test
  void aSweepThatComesLaterIsFound() throws Exception {
    Files.createDirectories(root);
    try (Served served = new Served(root)) {
      assertThat(served.sweeps()).isEmpty();
      copy("schema-6", "moving");
      for (int i = 0; i < 100 && served.sweeps().isEmpty(); i++) {
        Thread.sleep(100);
      }
      assertThat(state(served, "moving")).isEqualTo("complete");
    }
  }
}
