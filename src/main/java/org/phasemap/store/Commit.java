package org.phasemap.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.phasemap.store.disk.LocalDisk;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.table.Tables;

/**
 * Makes files part of a table. They are written where they stay, under names that no other run
 * uses, and a manifest entry makes them visible: nothing is ever renamed. Files without an entry
 * are swept away by {@link #discardLeftovers}.
 *
 * <p>Entries are numbered, and a number is given once. A run counts them from when it took the lock
 * on: one that slept while another took the lock over, and woke between its last look at the lock
 * and its entry, finds the number taken, and commits nothing.
 */
public final class Commit {
  private static final String ENDING = ".parquet";

  private final ResultsFolder folder;
  private final FileSystem fileSystem;
  private final FolderLock lock;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final int entriesBefore;
  private final List<String> replaced = new ArrayList<>();
  private int entries;
  private int names;

  /** For one run, which has just taken the folder's lock; its files have names of their own. */
  public Commit(ResultsFolder folder, FolderLock lock) {
    this.folder = folder;
    this.fileSystem = folder.fileSystem();
    this.lock = lock;
    this.entriesBefore = folder.manifest().size();
    this.entries = entriesBefore;
  }

  /**
   * A path for files that are to be published, relative to the results folder; each call gives
   * another. Whoever writes adds an ending of its own.
   */
  public synchronized String newPath(String table) {
    return String.format(Locale.ROOT, "%s/%s-%03d", table, run, names++);
  }

  /** As {@link #newPath}, for files that are not published. */
  public String newStagedPath() {
    return newPath(folder.staging().getName());
  }

  /**
   * Adds files to a table.
   *
   * @throws org.phasemap.network.UserException if another process has taken the lock over
   * @throws IOException if the entry cannot be written
   */
  public ManifestEntry add(String table, List<DataFile> files, Map<String, String> provenance)
      throws IOException {
    return append(Tables.SCHEMA_VERSION, table, false, files, provenance);
  }

  /**
   * As {@link #add}, but makes files the whole table, until {@link #end} beside its former ones.
   */
  public ManifestEntry replace(String table, List<DataFile> files, Map<String, String> provenance)
      throws IOException {
    Set<DataFile> kept = Set.copyOf(files);
    List<String> former =
        folder.dataFiles(table).stream()
            .filter(f -> !kept.contains(f))
            .map(DataFile::path)
            .toList();
    ManifestEntry entry = append(Tables.SCHEMA_VERSION, table, true, files, provenance);
    replaced.addAll(former);
    return entry;
  }

  private synchronized ManifestEntry append(
      int schemaVersion,
      String table,
      boolean replaces,
      List<DataFile> files,
      Map<String, String> provenance)
      throws IOException {
    ManifestEntry entry =
        new ManifestEntry(
            schemaVersion,
            entries + 1,
            table,
            replaces,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            files.stream().mapToLong(DataFile::rows).sum(),
            files,
            provenance);
    // An entry must not outlast a power cut that its files do not.
    Set<DataFile> safe = Set.copyOf(folder.dataFiles(table));
    LocalDisk.sync(
        fileSystem,
        files.stream()
            .filter(file -> !safe.contains(file))
            .map(file -> new Path(folder.root(), file.path()))
            .toList());
    lock.check();
    folder.append(entry);
    entries++;
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
    return list(folder.staging().getName());
  }

  /**
   * Deletes what killed runs left behind, before this one writes anything of its own. A file may be
   * that of a run which is only asleep, right before its entry: so that entry's number is taken
   * first.
   */
  public void discardLeftovers() throws IOException {
    List<String> leftovers = unlisted();
    if (!leftovers.isEmpty() && entries == entriesBefore) {
      repeatEntry();
    }
    fileSystem.delete(folder.staging(), true);
    discard(leftovers);
  }

  /** An entry that changes nothing: the last one's table is what it is. */
  private void repeatEntry() throws IOException {
    List<ManifestEntry> manifest = folder.manifest();
    if (manifest.isEmpty()) {
      append(Tables.SCHEMA_VERSION, Tables.REPLICATES, false, List.of(), Map.of());
      return;
    }
    ManifestEntry last = manifest.get(manifest.size() - 1);
    String table = last.table();
    append(last.schemaVersion(), table, true, folder.dataFiles(table), last.provenance());
  }

  /** Deletes what this run wrote in vain or replaced. Others may have written since. */
  public void end() throws IOException {
    lock.check();
    for (String path : Stream.concat(staged().stream(), unlisted().stream()).toList()) {
      if (new Path(path).getName().startsWith(run)) {
        replaced.add(path);
      }
    }
    discard(replaced);
    if (list(folder.staging()).length == 0) {
      fileSystem.delete(folder.staging(), false);
    }
  }

  /** Files in the tables' folders that are not, or no longer, part of a table. */
  private List<String> unlisted() throws IOException {
    List<String> files = new ArrayList<>();
    for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
      Set<String> committed =
          folder.dataFiles(table).stream().map(DataFile::path).collect(Collectors.toSet());
      list(table).stream().filter(path -> !committed.contains(path)).forEach(files::add);
    }
    return files;
  }

  /** The Parquet files in a folder, relative to the results folder. */
  private List<String> list(String name) throws IOException {
    List<String> files = new ArrayList<>();
    for (FileStatus file : list(new Path(folder.root(), name))) {
      if (file.getPath().getName().endsWith(ENDING)) {
        files.add(name + "/" + file.getPath().getName());
      }
    }
    return files;
  }

  private FileStatus[] list(Path path) throws IOException {
    try {
      return fileSystem.listStatus(path);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
