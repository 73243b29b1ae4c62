package org.phasemap.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.phasemap.data.FileSystems;
import org.phasemap.network.UserException;
import org.phasemap.store.disk.LocalDisk;
import org.phasemap.store.manifest.Manifest;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.table.Tables;

/**
 * The folder of one sweep: {@code spec.yaml}, {@code manifest/}, {@code replicates/}, {@code
 * cells/}. What the manifest does not list does not exist for a reader.
 */
public final class ResultsFolder {
  private static final int LONGEST_SPEC = 16 << 20;

  private final Configuration configuration;
  private final FileSystem fileSystem;
  private final Path root;
  private final Manifest manifest;

  private ResultsFolder(Configuration configuration, FileSystem fileSystem, Path root) {
    this.configuration = configuration;
    this.fileSystem = fileSystem;
    this.root = root;
    this.manifest = new Manifest(fileSystem, root);
  }

  /**
   * An existing results folder.
   *
   * @throws UserException if there is none at the path
   */
  public static ResultsFolder open(String path) {
    return open(path, new Configuration());
  }

  /** As {@link #open(String)}, on the file systems of a Hadoop configuration. */
  public static ResultsFolder open(String path, Configuration configuration) {
    ResultsFolder folder = at(path, configuration);
    try {
      if (!folder.fileSystem.exists(folder.specFile())) {
        throw new UserException(
            path + ": not a results folder (it has no spec.yaml); 'phasemap sweep SPEC' makes one");
      }
      folder.manifest.requireListing();
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // it throws what a file system's own code throws
      throw new UserException(
          String.format(
              "%s: cannot be read (%s); allowed: a file system that answers, lists folders and lets"
                  + " you read",
              path, FileSystems.said(e)),
          e);
    }
    return folder;
  }

  /**
   * The folder at a path, whether or not it exists yet.
   *
   * @throws UserException if it is no path, or holds links or devices where files belong
   */
  public static ResultsFolder at(String path, Configuration configuration) {
    try {
      Path plain = new Path(path);
      FileSystem fileSystem = FileSystems.of(plain, configuration);
      Path root = fileSystem.makeQualified(plain);
      PlainFiles.check(fileSystem, root);
      return new ResultsFolder(configuration, fileSystem, root);
    } catch (UserException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException | UnsupportedFileSystemException e) { // a file system's own code
      throw new UserException(
          String.format(
              "%s: is no results folder (%s); allowed: a local path, with ./ before it where it has"
                  + " a colon, or a URI of a file system that Hadoop knows, such as"
                  + " hdfs://HOST/PATH",
              path, FileSystems.said(e)),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /** The resolved spec, or empty if the folder has none yet. */
  public Optional<String> specYaml() {
    try (InputStream in = LocalDisk.open(fileSystem, specFile())) {
      byte[] text = in.readNBytes(LONGEST_SPEC + 1);
      if (text.length > LONGEST_SPEC) {
        throw new UserException(path("spec.yaml") + ": too large; allowed: at most 16 MiB");
      }
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      LocalDisk.checkReadable(fileSystem, specFile());
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(specFile().toString(), e);
    }
  }

  /** Writes the resolved spec, unless it is there already. */
  public void writeSpec(String yaml) throws IOException {
    if (!specYaml().equals(Optional.of(yaml))) {
      replace(specFile(), yaml);
    }
  }

  /**
   * Writes a file that stays whole whatever happens: the new text or what was there.
   *
   * @throws IOException if it cannot be written
   */
  void replace(String relative, String text) throws IOException {
    replace(new Path(root, relative), text);
  }

  private void replace(Path file, String text) throws IOException {
    LocalDisk.replace(fileSystem, file, text.getBytes(StandardCharsets.UTF_8));
    LocalDisk.sync(fileSystem, List.of(file));
  }

  /**
   * All commits, in order.
   *
   * @throws UserException if an entry is damaged or missing before another, or a newer version of
   *     PhaseMap made it
   */
  public List<ManifestEntry> manifest() {
    return manifest.entries();
  }

  /** Committed files of a table, as absolute paths; local ones without a scheme. */
  public List<String> files(String table) {
    return dataFiles(table).stream().map(file -> path(file.path())).toList();
  }

  /** Committed files of a table. */
  public List<ManifestEntry.DataFile> dataFiles(String table) {
    List<ManifestEntry.DataFile> files = new ArrayList<>();
    for (ManifestEntry entry : manifest()) {
      if (entry.table().equals(table)) {
        if (entry.beginsTable()) {
          files.clear();
        }
        files.addAll(entry.files());
      }
    }
    checkNoneTwice(files);
    return files;
  }

  /** Rows must not count twice. */
  private void checkNoneTwice(List<ManifestEntry.DataFile> files) {
    Set<String> paths = new HashSet<>();
    for (ManifestEntry.DataFile file : files) {
      if (!paths.add(file.path())) {
        throw new UserException(
            String.format(
                "%s: two entries of the manifest add it to its table; allowed: one. Bring the"
                    + " manifest back from a copy, or sweep into another folder (--results)",
                path(file.path())));
      }
    }
  }

  /** Whether {@code cells} are of an earlier version, whose columns meant something else. */
  public boolean cellsAreOutdated() {
    List<ManifestEntry> cells =
        manifest().stream().filter(e -> e.table().equals(Tables.CELLS)).toList();
    return !cells.isEmpty() && isOutdated(cells.get(cells.size() - 1));
  }

  /**
   * Whether rows were added to {@code replicates}, or taken out, since {@code cells} was made, if
   * it was.
   */
  public boolean cellsAreBehind() {
    boolean behind = false;
    long rows = 0;
    for (ManifestEntry entry : manifest()) {
      if (entry.table().equals(Tables.CELLS)) {
        behind = false;
        continue;
      }
      // What replaces a whole table merges its files, or leaves out rows that are measured again.
      long before = rows;
      rows = entry.replaces() ? entry.rows() : before + entry.rows();
      behind |= rows != before;
    }
    return behind;
  }

  /**
   * Refuses {@code cells} of an earlier version.
   *
   * @throws UserException that says what brings them up to date
   */
  public void requireCurrentCells() {
    if (cellsAreOutdated()) {
      throw new UserException(
          String.format(
              "%s: an earlier version of PhaseMap made its cells; run the sweep again"
                  + " ('phasemap sweep %s'): it makes them anew and measures nothing twice",
              path(""), path("spec.yaml")));
    }
  }

  private static boolean isOutdated(ManifestEntry cells) {
    return cells.schemaVersion() < Tables.OLDEST_CELLS;
  }

  /** What made the latest commit; empty before the first. */
  public Map<String, String> provenance() {
    List<ManifestEntry> manifest = manifest();
    return manifest.isEmpty() ? Map.of() : manifest.get(manifest.size() - 1).provenance();
  }

  /** The folder's name, which is the sweep's. */
  public String name() {
    return root.getName();
  }

  /** Where a file of the folder is, as a URI or a local path without a scheme. */
  public String path(String relative) {
    return FileSystems.shown(relative.isEmpty() ? root : new Path(root, relative));
  }

  /** The folder as Hadoop names it. */
  public String uri() {
    return root.toString();
  }

  /** A file of the folder as Hadoop names it. */
  public String uri(String relative) {
    return new Path(root, relative).toString();
  }

  /** When a file of the folder was last written; empty if there is none. */
  public Optional<Instant> modified(String relative) {
    try {
      long millis = fileSystem.getFileStatus(new Path(root, relative)).getModificationTime();
      return Optional.of(Instant.ofEpochMilli(millis));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(path(relative), e);
    }
  }

  /** Whether its files are files of this machine, or of a disk that it has mounted. */
  public boolean isLocal() {
    return LocalDisk.isLocal(fileSystem);
  }

  /**
   * Writes a file that is no part of the tables, in the place of the former.
   *
   * @throws UserException if it cannot be written
   */
  public void write(String relative, String text) {
    try (OutputStream out = fileSystem.create(new Path(root, relative), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserException(
          String.format(
              "%s: cannot be written (%s); allowed: a folder with space that you may write to",
              path(relative), String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  /** That it was opened with; the file system, which is shared, may have another. */
  Configuration configuration() {
    return configuration;
  }

  Path root() {
    return root;
  }

  /** Where files stand that are not published yet. */
  Path staging() {
    return new Path(root, "_staging");
  }

  /**
   * Creates the entry's file.
   *
   * @throws UserException if another process has committed under its number
   * @throws IOException if it cannot be written
   */
  void append(ManifestEntry entry) throws IOException {
    manifest.append(entry);
  }

  private Path specFile() {
    return new Path(root, "spec.yaml");
  }
}
