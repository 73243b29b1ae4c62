package org.phasemap.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.store.Commit;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Tables;

class LocalDiskTest {
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir private Path folder = Path.of("");

  /** What the JVM says it has forced to the disk, and has written of manifest entries, in order. */
  private List<String> recorded(Recording recording) throws IOException {
    Path file = folder.resolve("events.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(e -> e.getString("path") != null && e.getString("path").startsWith(root()))
        .filter(e -> isForce(e) || e.getString("path").contains("/manifest/"))
        .sorted(Comparator.comparing(RecordedEvent::getEndTime))
        .map(
            e ->
                (isForce(e) ? "force " : "write ")
                    + Path.of(root()).relativize(Path.of(e.getString("path"))))
        .toList();
  }

  private static boolean isForce(RecordedEvent event) {
    return event.getEventType().getName().equals("jdk.FileForce");
  }

  private String root() {
    return folder.resolve("results").toString();
  }

  @Test
  void anEntryIsWrittenWhenItsFilesOutlastAPowerCut() throws IOException {
    ResultsFolder results = ResultsFolder.at(root() + "/sweep", CONFIGURATION);
    try (Recording recording = new Recording();
        FolderLock lock = FolderLock.take(results)) {
      recording.enable("jdk.FileForce").withoutThreshold().withoutStackTrace();
      recording.enable("jdk.FileWrite").withoutThreshold().withoutStackTrace();
      recording.start();
      results.writeSpec("name: sweep\n");
      Commit commit = new Commit(results, lock);
      ManifestEntry.DataFile file =
          RowFile.write(
              CONFIGURATION,
              results.uri(),
              "replicates/a.parquet",
              List.of(Tables.replicatesColumn("cell_id")),
              Map.of(),
              List.<Object[]>of(new Object[] {"cell"}).iterator());
      commit.add(Tables.REPLICATES, List.of(file), Map.of());
      commit.replace(Tables.REPLICATES, List.of(file), Map.of());

      assertThat(recorded(recording))
          .containsExactly(
              "force sweep/spec.yaml",
              "force sweep",
              "force ",
              "force sweep/replicates/a.parquet",
              "force sweep/replicates/.a.parquet.crc",
              "force sweep/replicates",
              "force sweep",
              "write sweep/manifest/000001.json",
              "force sweep/manifest/000001.json",
              "force sweep/manifest",
              "force sweep",
              "write sweep/manifest/000002.json", // Its file was safe before.
              "force sweep/manifest/000002.json",
              "force sweep/manifest",
              "force sweep");
    }
  }

  @Test
  void aFileIsCreatedOnce() throws IOException {
    FileSystem files = FileSystem.getLocal(CONFIGURATION);
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path(folder.resolve("new/file").toString());
    Files.createDirectory(folder.resolve("new"));
    Files.writeString(folder.resolve("new/.file.crc"), "of a file that is gone");
    try (OutputStream out = LocalDisk.create(files, path)) {
      out.write('a');
    }
    assertThatThrownBy(() -> LocalDisk.create(files, path))
        .isInstanceOf(FileAlreadyExistsException.class);
    try (var in = files.open(path)) {
      assertThat(in.readAllBytes()).isEqualTo(new byte[] {'a'});
    }
  }
}
