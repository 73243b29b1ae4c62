package org.phasemap.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

class CommitTest {
  private static final Map<String, String> PROVENANCE = Map.of("seed", "1");
  private static final Configuration CONFIGURATION = new Configuration();
  private static final List<Column> COLUMNS =
      List.of(Tables.replicatesColumn("cell_id"), Tables.replicatesColumn("replicate"));

  @TempDir private Path folder = Path.of("");
  private @Nullable FolderLock lock;

  private ResultsFolder results() {
    return ResultsFolder.at(folder.toString(), CONFIGURATION);
  }

  @AfterEach
  void unlock() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }

  /** A run, after which there is no other. */
  private Commit begin() throws IOException {
    unlock();
    lock = FolderLock.take(results());
    return new Commit(results(), lock);
  }

  private ManifestEntry.DataFile write(String path, int rows) throws IOException {
    List<@Nullable Object[]> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      values.add(new Object[] {"cell", i});
    }
    return RowFile.write(
        CONFIGURATION, results().uri(), path + ".parquet", COLUMNS, PROVENANCE, values.iterator());
  }

  @Test
  void committedFilesAreListedWithTheirRowsAndChecksums() throws Exception {
    Commit commit = begin();
    List<ManifestEntry.DataFile> written =
        List.of(
            write(commit.newPath(Tables.REPLICATES), 10),
            write(commit.newPath(Tables.REPLICATES), 11));
    assertThat(results().files(Tables.REPLICATES)).isEmpty();
    ManifestEntry entry = commit.add(Tables.REPLICATES, written, PROVENANCE);

    assertThat(results().manifest()).containsExactly(entry);
    assertThat(entry.rows()).isEqualTo(21);
    assertThat(entry.files()).extracting(ManifestEntry.DataFile::rows).containsExactly(10L, 11L);
    List<String> files = results().files(Tables.REPLICATES);
    assertThat(files).hasSize(2).allSatisfy(f -> assertThat(Path.of(f)).exists());
    assertThat(entry.files().get(0).sha256()).isEqualTo(sha256(Path.of(files.get(0))));
    assertThat(entry.files().get(0).bytes()).isEqualTo(Files.size(Path.of(files.get(0))));
    assertThat(results().provenance()).isEqualTo(PROVENANCE);
  }

  private static String sha256(Path path) throws Exception {
    byte[] digest =
        java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
    return java.util.HexFormat.of().formatHex(digest);
  }

  @Test
  void anEntryThatWasCutOffIsNoCommitAndGivesWayToTheNext() throws Exception {
    Commit commit = begin();
    ManifestEntry first =
        commit.add(
            Tables.REPLICATES, List.of(write(commit.newPath(Tables.REPLICATES), 3)), PROVENANCE);
    ManifestEntry second =
        commit.add(
            Tables.REPLICATES, List.of(write(commit.newPath(Tables.REPLICATES), 4)), PROVENANCE);
    Path file = folder.resolve("manifest/000002.json");
    String json = Files.readString(file);
    for (int length : new int[] {0, 1, json.length() / 2, json.length() - 2}) {
      Files.writeString(file, json.substring(0, length));
      assertThat(results().manifest()).containsExactly(first);
    }

    ManifestEntry again = begin().add(Tables.REPLICATES, second.files(), PROVENANCE);
    assertThat(again.sequence()).isEqualTo(2);
    assertThat(results().manifest()).containsExactly(first, again);
  }

  /** Else what the later entries name would be swept away as leftovers. */
  @Test
  void anEntryThatIsDamagedBeforeAnotherIsAFault() throws Exception {
    Commit commit = begin();
    for (int rows : new int[] {3, 4}) {
      commit.add(
          Tables.REPLICATES, List.of(write(commit.newPath(Tables.REPLICATES), rows)), PROVENANCE);
    }
    Path file = folder.resolve("manifest/000001.json");
    String json = Files.readString(file);
    for (String damaged : List.of("", json.substring(0, 50))) {
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> results().manifest())
          .isInstanceOf(UserException.class)
          .hasMessageContaining(file + ": is damaged or missing, and 000002.json is there");
      assertThatThrownBy(() -> begin().discardLeftovers()).isInstanceOf(UserException.class);
    }
    Files.writeString(file, json.replace("\"rows\"", "\"cols\""));
    assertThatThrownBy(() -> results().manifest())
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file + ": is no manifest entry (Unrecognized field \"cols\"");
    Files.writeString(file, json);
    assertThat(results().manifest()).hasSize(2);
  }

  @Test
  void anotherDriversEntryIsNotReplaced() throws Exception {
    ResultsFolder results = results();
    ManifestEntry entry =
        begin().add(Tables.REPLICATES, List.of(write("replicates/x", 3)), PROVENANCE);

    ManifestEntry other =
        new ManifestEntry(1, 1, Tables.REPLICATES, false, "now", 0, List.of(), Map.of());
    assertThatThrownBy(() -> results.append(other))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("another process has committed 000001.json meanwhile");
    assertThat(results.manifest()).containsExactly(entry);
  }

  @Test
  void whatAKilledRunLeftIsNeitherReadNorKept() throws Exception {
    Commit commit = begin();
    String path = commit.newPath(Tables.REPLICATES);
    commit.add(Tables.REPLICATES, List.of(write(path, 10)), PROVENANCE);
    // Killed after writing a second wave's file, before its manifest entry.
    Path orphan = folder.resolve(write(commit.newPath(Tables.REPLICATES), 5).path());
    write(commit.newStagedPath(), 5);

    assertThat(results().files(Tables.REPLICATES)).hasSize(1);
    commit.discardLeftovers();
    assertThat(orphan).doesNotExist();
    assertThat(folder.resolve("_staging")).doesNotExist();
    assertThat(folder.resolve(path + ".parquet")).exists();
  }

  @Test
  void aReplacementIsTheWholeTable() throws Exception {
    Commit commit = begin();
    for (String table : List.of(Tables.CELLS, Tables.REPLICATES)) {
      ManifestEntry.DataFile before = write(commit.newPath(table), 3);
      ManifestEntry.DataFile after = write(commit.newPath(table), 4);
      commit.add(table, List.of(before), PROVENANCE);
      commit.replace(table, List.of(after), PROVENANCE);
      assertThat(results().dataFiles(table)).containsExactly(after);
      commit.discardLeftovers();
      assertThat(folder.resolve(before.path())).doesNotExist();
      if (table.equals(Tables.REPLICATES)) {
        ManifestEntry.DataFile added = write(commit.newPath(table), 5);
        commit.add(table, List.of(added), PROVENANCE);
        assertThat(results().dataFiles(table)).containsExactly(after, added);
      }
    }
  }

  @Test
  void aFolderWithoutASpecIsNoResultsFolder() {
    assertThatThrownBy(() -> ResultsFolder.open(folder.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not a results folder");
  }
}
