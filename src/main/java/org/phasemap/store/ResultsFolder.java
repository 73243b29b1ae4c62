package org.phasemap.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.phasemap.network.UserException;

/**
 * The folder of one sweep: {@code spec.yaml}, {@code manifest/}, {@code replicates/}, {@code
 * cells/}. What the manifest does not list does not exist for a reader.
 */
public final class ResultsFolder {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final FileSystem fileSystem;
  private final Path root;

  private ResultsFolder(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
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
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
    return folder;
  }

  /** The folder at a path, whether or not it exists yet. */
  public static ResultsFolder at(String path, Configuration configuration) {
    try {
      Path plain = new Path(path);
      FileSystem fileSystem = plain.getFileSystem(configuration);
      return new ResultsFolder(fileSystem, fileSystem.makeQualified(plain));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /** The resolved spec, or empty if the folder has none yet. */
  public Optional<String> specYaml() {
    try (InputStream in = fileSystem.open(specFile())) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(specFile().toString(), e);
    }
  }

  /** Writes the resolved spec, replacing an earlier one whole. */
  public void writeSpec(String yaml) throws IOException {
    Path temporary = new Path(staging(), "spec.yaml");
    writeFile(temporary, yaml);
    fileSystem.delete(specFile(), false);
    rename(temporary, specFile());
  }

  /** All commits, in order. */
  public List<ManifestEntry> manifest() {
    try {
      FileStatus[] listed = fileSystem.listStatus(manifestFolder());
      Arrays.sort(listed, Comparator.comparing(s -> s.getPath().getName()));
      List<ManifestEntry> entries = new ArrayList<>();
      for (FileStatus status : listed) {
        if (status.getPath().getName().endsWith(".json")) {
          try (InputStream in = fileSystem.open(status.getPath())) {
            entries.add(JSON.readValue(in.readAllBytes(), ManifestEntry.class));
          }
        }
      }
      return entries;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(manifestFolder().toString(), e);
    }
  }

  /** Committed files of a table, as absolute paths; local ones without a scheme. */
  public List<String> files(String table) {
    List<ManifestEntry> entries =
        new ArrayList<>(manifest().stream().filter(e -> e.table().equals(table)).toList());
    if (table.equals(Tables.CELLS) && entries.size() > 1) {
      entries.subList(0, entries.size() - 1).clear();
    }
    return entries.stream()
        .flatMap(e -> e.files().stream())
        .map(f -> new Path(root, f.path()))
        .map(p -> p.toUri().getScheme().equals("file") ? p.toUri().getPath() : p.toString())
        .toList();
  }

  /** Whether {@code cells} are of an earlier version, whose columns meant something else. */
  public boolean cellsAreOutdated() {
    List<ManifestEntry> cells =
        manifest().stream().filter(e -> e.table().equals(Tables.CELLS)).toList();
    return !cells.isEmpty() && isOutdated(cells.get(cells.size() - 1));
  }

  private static boolean isOutdated(ManifestEntry cells) {
    return cells.schemaVersion() < Tables.OLDEST_CELLS;
  }

  /** What made the latest commit; empty before the first. */
  public Map<String, String> provenance() {
    List<ManifestEntry> entries = manifest();
    return entries.isEmpty() ? Map.of() : entries.get(entries.size() - 1).provenance();
  }

  /** The folder's name, which is the sweep's. */
  public String name() {
    return root.getName();
  }

  /** Where a file of the folder is, as a URI or a local path without a scheme. */
  public String path(String relative) {
    Path path = relative.isEmpty() ? root : new Path(root, relative);
    return path.toUri().getScheme().equals("file") ? path.toUri().getPath() : path.toString();
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  Path root() {
    return root;
  }

  Path staging() {
    return new Path(root, "_staging");
  }

  /** Creates the entry's file; it appears whole or not at all. */
  void append(ManifestEntry entry) throws IOException {
    Path target = new Path(manifestFolder(), String.format("%06d.json", entry.sequence()));
    if (fileSystem.exists(target)) {
      throw new IOException("Cannot commit: " + target + " exists");
    }
    Path temporary = new Path(staging(), target.getName());
    try {
      writeFile(temporary, JSON.writeValueAsString(entry));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest entry is plain data", e);
    }
    fileSystem.mkdirs(manifestFolder());
    rename(temporary, target);
  }

  void rename(Path from, Path to) throws IOException {
    if (!fileSystem.rename(from, to)) {
      throw new IOException("Cannot move " + from + " to " + to);
    }
  }

  private void writeFile(Path path, String text) throws IOException {
    try (OutputStream out = fileSystem.create(path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Path specFile() {
    return new Path(root, "spec.yaml");
  }

  private Path manifestFolder() {
    return new Path(root, "manifest");
  }
}
