package org.phasemap.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.Ran;
import org.phasemap.store.HostileFolder;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/** What docs/reading-results.md shows works. */
class ReadingResultsDocTest {
  private static final Path DOCUMENT = Path.of("docs/reading-results.md");
  private static final String EXAMPLE = "results/01-quickstart";

  @TempDir private Path folder = Path.of("");

  private static List<String> found(String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  @Test
  void itsColumnsAreColumnsOfCells() throws IOException {
    List<String> rows = found("(?m)^\\| `([a-z0-9_]+)` \\|");

    assertThat(rows).hasSize(15);
    assertThat(Tables.cells().stream().map(Column::name)).containsAll(rows);
  }

  /**
   * After a commit that replaced a table and one that added to it, it finds what this program does.
   */
  @Test
  void itsSqlFindsTheCommittedFiles() throws Exception {
    String sql = found("(?s)```sql\n(.*?)```").get(0);
    List<String> folders = new ArrayList<>(List.of(HostileFolder.KEPT.toString()));
    folders.addAll(ManifestCases.in(folder).subList(7, 9));
    for (String results : folders) {
      for (String table : List.of(Tables.CELLS, Tables.REPLICATES)) {
        String of =
            sql.replace(EXAMPLE, results)
                .replace("\"table\" = 'cells')", "\"table\" = '" + table + "')");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
            Statement statement = connection.createStatement()) {
          statement.execute(of.substring(0, of.indexOf("\nselect activation")));
          try (ResultSet files =
              statement.executeQuery("select array_to_string(getvariable('files'), '\n')")) {
            files.next();
            assertThat(List.of(files.getString(1).split("\n", -1)))
                .map(file -> Path.of(file).toAbsolutePath().toString())
                .as("%s: %s", results, table)
                .isEqualTo(ResultsFolder.open(results).files(table));
          }
          if (table.equals(Tables.CELLS)) {
            assertThat(statement.execute(of.substring(of.indexOf("\nselect activation")))).isTrue();
          }
        }
      }
    }
  }

  @Test
  void anExportedDatabaseExplainsItself() throws Exception {
    String out = folder.resolve("cells.duckdb").toString();
    assertThat(Ran.of("export", HostileFolder.KEPT.toString(), out).exitCode()).isZero();
    String sql = found("(?s)```sql\n(.*?)```").get(1).replace("cells.duckdb", out);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet seed = statement.executeQuery(sql)) {
      seed.next();
      assertThat(seed.getString(1)).isEqualTo("7");
    }
  }
}
