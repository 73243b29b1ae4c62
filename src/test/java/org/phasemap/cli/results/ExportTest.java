package org.phasemap.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.cli.Ran;
import org.phasemap.store.HostileFolder;

class ExportTest {
  private static final String KEPT = HostileFolder.KEPT.toString();

  @TempDir private Path folder = Path.of("");

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static String sql(String database, String sql) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "csv", "duckdb"})
  void aFileHasTheRowsOfTheTableAndNothingElseIsLeft(String ending) throws Exception {
    Ran ran = Ran.of("export", KEPT, out("cells." + ending));

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("cells." + ending + ": 20 rows, ");
    assertThat(names()).containsExactly("cells." + ending);
    boolean database = ending.equals("duckdb");
    String table = database ? "cells" : "'" + out("cells." + ending) + "'";
    String digest =
        "select string_agg(cell_id || coalesce(ln_q_mean, 0)::varchar, ',' order by cell_id) as d"
            + " from ";
    String expected = Ran.of("query", KEPT, digest + "cells", "--format", "csv").out();
    assertThat(expected.replace("\"", ""))
        .isEqualTo("d\n" + sql(database ? out("cells.duckdb") : "", digest + table) + "\n");
  }

  @Test
  void labelsAndUnitsStandInTheFile() throws Exception {
    assertThat(Ran.of("export", KEPT, out("c.parquet")).exitCode()).isZero();
    assertThat(Ran.of("export", KEPT, out("c.duckdb")).exitCode()).isZero();

    String metadata =
        "select decode(value) from parquet_kv_metadata('" + out("c.parquet") + "') where key = ";
    assertThat(sql("", metadata + "'phasemap'::blob"))
        .contains("\"sweep\":\"schema-6\"", "\"label\":\"depth L\"", "\"spec_hash\":");
    assertThat(sql("", metadata + "'PANDAS_ATTRS'::blob"))
        .startsWith("{\"labels\":{\"cell_id\":")
        .contains("\"ln_q_mean\":\"nat\"");
    assertThat(sql(out("c.duckdb"), "select label from columns where name = 'depth'"))
        .isEqualTo("depth L");
  }

  @Test
  void columnsWithoutAValueAreLeftOutAndListsWhereThereIsNoPlace() throws IOException {
    Ran ran = Ran.of("export", KEPT, out("r.csv"), "--table", "replicates");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err()).contains("columns hold lists").contains("profile_q");
    assertThat(Files.readString(folder.resolve("r.csv")))
        .startsWith("cell_id,task,")
        .doesNotContain("profile_", "stop_loss", "[");
  }

  @Test
  void whatIsThereStaysUnlessItIsForced() throws IOException {
    Path out = Files.writeString(folder.resolve("c.csv"), "mine");
    Ran refused = Ran.of("export", KEPT, out.toString());

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "phasemap: "
                + out
                + ": exists, and stays as it is; allowed: a new name, or --force to replace it\n");
    assertThat(Ran.of("export", "results/x", "s3://bucket/cells.csv").err())
        .isEqualTo(
            "phasemap: OUT: s3://bucket/cells.csv is not allowed; allowed: a file of this"
                + " machine\n");
    assertThat(Files.readString(out)).isEqualTo("mine");
    assertThat(Ran.of("export", KEPT, out.toString(), "--force").exitCode()).isZero();
    assertThat(Files.readString(out)).startsWith("cell_id,");
  }

  /** Another ending, no folder, a folder in its place, too little memory, another table. */
  @Test
  void mistakesAreOneMessageAndLeaveNothing() throws IOException {
    Files.createDirectory(folder.resolve("d.csv"));
    for (List<String> arguments :
        List.of(
            List.of("export", KEPT, out("c.hdf5")),
            List.of("export", KEPT, out("none/c.csv")),
            List.of("export", KEPT, out("d.csv"), "--force"),
            List.of("export", KEPT, out("c.csv"), "--table", "nonsense"),
            List.of("export", KEPT, out("c.csv"), "--memory", "1"),
            List.of("export", KEPT + "/../schema-1", out("c.csv")),
            List.of("export", folder.toString(), out("c.csv")))) {
      Ran ran = Ran.of(arguments.toArray(String[]::new));
      assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
      assertThat(ran.err().lines()).as(ran.err()).hasSize(1);
      assertThat(ran.err()).startsWith("phasemap: ").doesNotContain("Exception:");
    }
    assertThat(names()).containsExactly("d.csv");
  }

  @Test
  void aSweepsOwnFilesAreNotReplaced() throws IOException {
    for (String version : ManifestCases.in(folder)) {
      Path own = Path.of(version, "cells/50df670f-002-0-12.parquet");
      long bytes = Files.size(own);
      Ran ran = Ran.of("export", version, own.toString(), "--force");

      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(own).hasSize(bytes);
    }
  }
}
