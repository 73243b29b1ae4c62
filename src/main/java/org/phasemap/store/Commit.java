package org.phasemap.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Makes files part of a table. They are written where they stay, under names that no other run
 * uses, and a manifest entry makes them visible: nothing is ever renamed. Files without an entry
 * are swept away by {@link #discardLeftovers}.
 */
public final class Commit {
  private static final String ENDING = ".parquet";

  private final ResultsFolder folder;
  private final FileSystem fileSystem;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private int names;

  /** For one run; its files have names of their own. */
  public Commit(ResultsFolder folder) {
    this.folder = folder;
    this.fileSystem = folder.fileSystem();
  }

  /**
   * A path for files that are to be published, relative to the results folder; each call gives
   * another. Whoever writes adds an ending of its own.
   */
  public synchronized String newPath(String table) {
    return String.format("%s/%s-%03d", table, run, names++);
  }

  /** As {@link #newPath}, for files that are not published. */
  public synchronized String newStagedPath() {
    return String.format("%s/%s-%03d", folder.staging().getName(), run, names++);
  }

  /** Adds files to a table. */
  public ManifestEntry add(
      String table, List<ManifestEntry.DataFile> files, Map<String, String> provenance)
      throws IOException {
    return append(table, false, files, provenance);
  }

  /** Makes files the whole table. Those that it had stay until {@link #discardLeftovers}. */
  public ManifestEntry replace(
      String table, List<ManifestEntry.DataFile> files, Map<String, String> provenance)
      throws IOException {
    return append(table, true, files, provenance);
  }

  private synchronized ManifestEntry append(
      String table,
      boolean replaces,
      List<ManifestEntry.DataFile> files,
      Map<String, String> provenance)
      throws IOException {
    List<ManifestEntry> manifest = folder.manifest();
    ManifestEntry entry =
        new ManifestEntry(
            Tables.SCHEMA_VERSION,
            manifest.size() + 1,
            table,
            replaces,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            files.stream().mapToLong(ManifestEntry.DataFile::rows).sum(),
            files,
            provenance);
    folder.append(entry);
    return entry;
  }

  /** Deletes files that are not published, such as those of a wave that is. */
  public void discard(List<String> paths) throws IOException {
    for (String path : paths) {
      fileSystem.delete(new Path(folder.root(), path), false);
    }
  }

  /**
   * Files in the staging folder, relative to the results folder: whole, or cut off by a kill. Where
   * a listing is stale there are fewer, and more is measured again.
   */
  public List<String> staged() throws IOException {
    List<String> files = new ArrayList<>();
    for (FileStatus file : list(folder.staging())) {
      String name = file.getPath().getName();
      if (name.endsWith(ENDING)) {
        files.add(folder.staging().getName() + "/" + name);
      }
    }
    return files;
  }

  /** Deletes what killed runs left behind, and files that are no longer part of a table. */
  public void discardLeftovers() throws IOException {
    fileSystem.delete(folder.staging(), true);
    for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
      Set<String> committed =
          folder.dataFiles(table).stream()
              .map(file -> new Path(file.path()).getName())
              .collect(Collectors.toSet());
      for (FileStatus file : list(new Path(folder.root(), table))) {
        String name = file.getPath().getName();
        if (name.endsWith(ENDING) && !committed.contains(name)) {
          fileSystem.delete(file.getPath(), false);
        }
      }
    }
  }

  private FileStatus[] list(Path path) throws IOException {
    try {
      return fileSystem.listStatus(path);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
