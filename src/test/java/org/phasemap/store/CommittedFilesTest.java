package org.phasemap.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/** Files that are whole, and not those of this folder. */
class CommittedFilesTest {
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir private Path folder = Path.of("");

  private ResultsFolder results(String name) {
    return ResultsFolder.at(folder.resolve(name).toString(), CONFIGURATION);
  }

  /** A folder with a file in each table, of one row each. */
  private void sweep(String name, String specHash) throws IOException {
    Map<String, String> provenance = Map.of("spec_hash", specHash);
    try (FolderLock lock = FolderLock.take(results(name))) {
      Commit commit = new Commit(results(name), lock);
      for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
        String second = table.equals(Tables.REPLICATES) ? "replicate" : "replicates";
        Column column =
            (table.equals(Tables.REPLICATES) ? Tables.replicates() : Tables.cells())
                .stream().filter(c -> c.name().equals(second)).findFirst().orElseThrow();
        Object value = column.type() == Column.Type.INT ? (Object) 1 : (Object) 1L;
        ManifestEntry.DataFile file =
            RowFile.write(
                CONFIGURATION,
                results(name).uri(),
                table + "/a.parquet",
                List.of(Tables.replicatesColumn("cell_id"), column),
                provenance,
                List.<Object[]>of(new Object[] {"cell", value}).iterator());
        commit.add(table, List.of(file), provenance);
      }
    }
  }

  private static void swap(Path a, Path b) throws IOException {
    byte[] bytes = Files.readAllBytes(a);
    Files.write(a, Files.readAllBytes(b));
    Files.write(b, bytes);
    for (Path file : List.of(a, b)) {
      Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    }
  }

  @Test
  void anotherSweepsFilesAreRefused() throws IOException {
    sweep("one", "aaaaaaaaaaaaaaaa");
    sweep("two", "bbbbbbbbbbbbbbbb");
    assertThatCode(() -> CommittedFiles.check(results("one"))).doesNotThrowAnyException();
    Path one = folder.resolve("one/replicates/a.parquet");
    Path two = folder.resolve("two/replicates/a.parquet");
    assertThat(Files.size(one)).isEqualTo(Files.size(two));
    swap(one, two);

    assertThatThrownBy(() -> CommittedFiles.check(results("one")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            one + ": is damaged (is of another sweep, its spec_hash is bbbbbbbbbbbbbbbb); bring");
  }

  /** Every file of replicates has a column of that name. */
  @Test
  void anotherTablesFilesAreRefused() throws IOException {
    Map<String, String> provenance = Map.of("spec_hash", "aaaaaaaaaaaaaaaa");
    try (FolderLock lock = FolderLock.take(results("one"))) {
      ManifestEntry.DataFile file =
          RowFile.write(
              CONFIGURATION,
              results("one").uri(),
              Tables.REPLICATES + "/a.parquet",
              List.of(Tables.replicatesColumn("cell_id")),
              provenance,
              List.<Object[]>of(new Object[] {"cell"}).iterator());
      new Commit(results("one"), lock).add(Tables.REPLICATES, List.of(file), provenance);
    }

    assertThatThrownBy(() -> CommittedFiles.check(results("one")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has the rows of another table");
  }

  @Test
  void aGapOfAnyLengthIsAFault() throws IOException {
    sweep("one", "aaaaaaaaaaaaaaaa");
    Path manifest = folder.resolve("one/manifest");
    for (int later : new int[] {3, 4, 9}) {
      Path moved = manifest.resolve("00000" + later + ".json");
      Files.move(manifest.resolve("000002.json"), moved);
      if (later == 3) { // The next after a gap of one.
        Files.writeString(
            moved, Files.readString(moved).replace("\"sequence\" : 2", "\"sequence\" : 3"));
      }
      assertThatThrownBy(() -> results("one").manifest())
          .isInstanceOf(UserException.class)
          .hasMessageContaining(
              "000002.json: is damaged or missing, and 00000" + later + ".json is there");
      Files.move(moved, manifest.resolve("000002.json"));
    }
  }

  @Test
  void twoEntriesDoNotAddTheSameFile() throws IOException {
    sweep("one", "aaaaaaaaaaaaaaaa");
    Path manifest = folder.resolve("one/manifest");
    Files.writeString(
        manifest.resolve("000003.json"),
        Files.readString(manifest.resolve("000001.json"))
            .replace("\"sequence\" : 1", "\"sequence\" : 3"));
    assertThatThrownBy(() -> results("one").files(Tables.REPLICATES))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("two entries of the manifest add it to its table");
  }

  @Test
  void aLinkOrAPipeInAFolderIsRefusedAndTheFolderMayBeALink() throws Exception {
    sweep("one", "aaaaaaaaaaaaaaaa");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("one"));
    Files.createSymbolicLink(folder.resolve("one/notes"), folder);
    assertThat(results("link").manifest()).hasSize(2);
    for (String part :
        List.of("manifest", "replicates", "cells/a.parquet", "manifest/000001.json", "_staging")) {
      Path path = folder.resolve("one").resolve(part);
      Path kept = folder.resolve("kept");
      if (Files.exists(path)) {
        Files.move(path, kept);
      } else {
        Files.createDirectory(kept);
      }
      Files.createSymbolicLink(path, kept);
      assertThatThrownBy(() -> results("one"))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(path + ": is a symbolic link; allowed: a ");
      Files.delete(path);
      Files.move(kept, path);
    }
    Process pipe = new ProcessBuilder("mkfifo", folder.resolve("one/spec.yaml").toString()).start();
    assertThat(pipe.waitFor()).isZero();
    assertThatThrownBy(() -> results("one"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("spec.yaml: is a pipe or a device");
  }

  /** Whoever has another name for the old file keeps it; a person may edit the new one. */
  @Test
  void theSpecIsReplacedAndHasNoChecksums() throws IOException {
    sweep("one", "aaaaaaaaaaaaaaaa");
    Path spec = folder.resolve("one/spec.yaml");
    Path other = Files.writeString(folder.resolve("other"), "precious");
    Files.createLink(spec, other);
    results("one").writeSpec("name: x\n");
    assertThat(other).hasContent("precious");
    assertThat(folder.resolve("one/.spec.yaml.crc")).doesNotExist();
    Files.writeString(spec, "name: x # mine\n");
    Files.writeString(folder.resolve("one/.spec.yaml.crc"), "of an earlier version");
    assertThat(results("one").specYaml()).contains("name: x # mine\n");
  }
}
