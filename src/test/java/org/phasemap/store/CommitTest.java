package org.phasemap.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;

class CommitTest {
  private static final Map<String, String> PROVENANCE = Map.of("seed", "1");

  @TempDir private Path folder = Path.of("");

  private ResultsFolder results() {
    return ResultsFolder.at(folder.toString(), new Configuration());
  }

  private static void stage(String staged, int files) throws SQLException, IOException {
    Path path = Path.of(java.net.URI.create(staged).getPath());
    Files.createDirectories(path);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < files; i++) {
        statement.execute(
            String.format(
                "copy (select * from range(%d)) to '%s/part-%05d.parquet'", 10 + i, path, i));
      }
    }
  }

  @Test
  void committedFilesAreListedWithTheirRowsAndChecksums() throws Exception {
    Commit commit = new Commit(results());
    String staged = commit.stage("wave");
    stage(staged, 2);
    ManifestEntry entry = commit.publish(staged, Tables.REPLICATES, 21, PROVENANCE);

    assertThat(results().manifest()).containsExactly(entry);
    assertThat(entry.files()).extracting(ManifestEntry.DataFile::rows).containsExactly(10L, 11L);
    List<String> files = results().files(Tables.REPLICATES);
    assertThat(files).hasSize(2).allSatisfy(f -> assertThat(Path.of(f)).exists());
    assertThat(entry.files().get(0).sha256()).isEqualTo(sha256(Path.of(files.get(0))));
    assertThat(results().provenance()).isEqualTo(PROVENANCE);
  }

  private static String sha256(Path path) throws Exception {
    byte[] digest =
        java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
    return java.util.HexFormat.of().formatHex(digest);
  }

  @Test
  void aWaveWithMissingRowsIsNotPublished() throws Exception {
    Commit commit = new Commit(results());
    String staged = commit.stage("wave");
    stage(staged, 1);

    assertThatThrownBy(() -> commit.publish(staged, Tables.REPLICATES, 11, PROVENANCE))
        .isInstanceOf(IOException.class)
        .hasMessage("Staged replicates has 10 rows, expected 11");
    assertThat(results().manifest()).isEmpty();
    assertThat(results().files(Tables.REPLICATES)).isEmpty();
  }

  @Test
  void whatAKilledRunLeftIsNeitherReadNorKept() throws Exception {
    Commit commit = new Commit(results());
    String staged = commit.stage("wave");
    stage(staged, 1);
    commit.publish(staged, Tables.REPLICATES, 10, PROVENANCE);
    // Killed after moving a second wave's file, before its manifest entry.
    Path orphan = folder.resolve("replicates/000002-000.parquet");
    Files.copy(folder.resolve("replicates/000001-000.parquet"), orphan);
    stage(commit.stage("half"), 1);

    assertThat(results().files(Tables.REPLICATES)).hasSize(1);
    commit.discardLeftovers();
    assertThat(orphan).doesNotExist();
    assertThat(folder.resolve("_staging")).doesNotExist();
    assertThat(folder.resolve("replicates/000001-000.parquet")).exists();
  }

  @Test
  void theLatestCellsReplaceTheEarlier() throws Exception {
    Commit commit = new Commit(results());
    for (int i = 0; i < 2; i++) {
      String staged = commit.stage("cells");
      stage(staged, 1);
      commit.publish(staged, Tables.CELLS, 10, PROVENANCE);
    }

    assertThat(results().files(Tables.CELLS)).hasSize(1).first().asString().contains("000002");
    commit.discardLeftovers();
    assertThat(folder.resolve("cells/000001-000.parquet")).doesNotExist();
  }

  @Test
  void aFolderWithoutASpecIsNoResultsFolder() {
    assertThatThrownBy(() -> ResultsFolder.open(folder.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not a results folder");
  }
}
