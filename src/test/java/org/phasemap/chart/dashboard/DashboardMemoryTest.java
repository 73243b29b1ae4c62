package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.query.Limits;
import org.phasemap.query.SweepFolder;
import org.phasemap.query.SyntheticSweep;
import org.phasemap.store.table.Tables;

/** A sweep whose cells take more memory than the server may. */
class DashboardMemoryTest {
  /** Of copies of a sweep of 1,545 cells, told apart by σ_b²: 185,400 cells of 100 numbers. */
  private static final int COPIES = 120;

  private static final Limits SMALL = new Limits(Duration.ofSeconds(50), Limits.LEAST_MEGABYTES);
  private static final Limits LARGE = new Limits(Duration.ofSeconds(50), 4_000);

  // PhaseMap's own files have row groups of 16 MB, which are some 10,000 cells.
  @TempDir private static Path root = Path.of("");

  @BeforeAll
  static void write() throws Exception {
    Map<String, List<String>> files = SyntheticSweep.write(root);
    Map<String, List<String>> many = new LinkedHashMap<>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
        Path file = root.resolve("many-" + table + ".parquet");
        int copies = table.equals(Tables.CELLS) ? COPIES : 2;
        sql.execute(
            """
            copy (select * replace (
                cell_id[:13] || printf('%%03x', i) as cell_id, i / 1000.0 as sigma_b2)
              from '%s', range(%d) as k(i)) to '%s'
              (format parquet, compression zstd, row_group_size 10240)
            """
                .formatted(Objects.requireNonNull(files.get(table)).get(0), copies, file));
        many.put(table, List.of(file.toString()));
      }
    }
    SweepFolder.write(root.resolve("sweeps/wide"), many);
    writeRunning(Objects.requireNonNull(files.get(Tables.REPLICATES)).get(0));
  }

  /** Of a running sweep, whose cells are averaged here: each takes a group of a thousand bytes. */
  private static final int GROUPS = 60;

  private static void writeRunning(String replicates) throws Exception {
    Path file = root.resolve("running.parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute(
          """
          copy (select * replace (cell_id[:13] || printf('%%03x', i) as cell_id)
            from '%s', range(%d) as k(i) where replicate = 0) to '%s' (format parquet)
          """
              .formatted(replicates, GROUPS, file));
    }
    Path folder = root.resolve("running/long");
    SweepFolder.write(folder, Map.of(Tables.REPLICATES, List.of(file.toString())));
    Files.delete(folder.resolve("manifest/000002.json")); // That of cells, which it has not made.
  }

  @Test
  void aRunningSweepThatDoesNotFitIsNotCalledDamaged() throws Exception {
    try (Served small = served("running", SMALL)) {
      RawHttp.Reply refused = small.http.get("/api/s/long");
      assertThat(refused.status()).as(refused.text()).isEqualTo(404);
      assertThat(refused.text()).contains(OpenTables.TOO_LARGE_YET);
      JsonNode summary = small.sweeps().get(0);
      assertThat(summary.get("state").asText()).isEqualTo("partial");
      assertThat(summary.get("note").asText()).contains(OpenTables.TOO_LARGE_YET);
    }
    try (Served large = served("running", LARGE)) {
      assertThat(large.json("s/long").get("provisional").asBoolean()).isTrue();
      assertThat(large.sweeps().get(0).get("note").asText()).doesNotContain("--memory");
    }
  }

  private static Served served(String folder, Limits limits) {
    return new Served(root.resolve(folder).toString(), false, limits, new Configuration());
  }

  @Test
  void itIsReadFromItsFilesAndSaysSo() throws Exception {
    Map<String, String> answers = new LinkedHashMap<>();
    try (Served large = served("sweeps", LARGE)) {
      String at = "&activation=tanh&keep_probability=1&sigma_b2=0.001";
      String cell = large.json("s/wide/map?x=sigma_multiplier&y=depth" + at).toString();
      String id = cell.replaceFirst(".*\"cell_id\":\\[\"([0-9a-f]{16})\".*", "$1");
      for (String address :
          List.of(
              "",
              "/map?x=sigma_multiplier&y=depth&quantity=ln_q&view=z" + at,
              "/slice?x=depth&by=sigma_b2&activation=tanh&keep_probability=1&sigma_multiplier=1",
              "/agreement?quantity=ln_q" + at,
              "/table?query=counts",
              "/cell/" + id)) {
        answers.put(address, large.json("s/wide" + address).toString());
      }
      assertThat(large.sweeps().get(0).get("note").asText()).doesNotContain("--memory");
    }
    try (Served small = served("sweeps", SMALL)) {
      for (Map.Entry<String, String> answer : answers.entrySet()) {
        String found = small.json("s/wide" + answer.getKey()).toString();
        assertThat(found).as(answer.getKey()).isEqualTo(answer.getValue());
      }
      // It is found out after the answers, which do not wait for it.
      for (int i = 0; i < 600 && !note(small).contains("--memory"); i++) {
        Thread.sleep(100);
      }
      assertThat(note(small)).contains("--memory");
    }
  }

  private static String note(Served served) throws Exception {
    return served.sweeps().get(0).get("note").asText();
  }
}
