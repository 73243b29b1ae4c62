package org.phasemap.store.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.phasemap.data.FileSystems;
import org.phasemap.network.UserException;
import org.phasemap.store.disk.LocalDisk;
import org.phasemap.store.disk.NewFile;

/**
 * The commits of a results folder: a file each, numbered from 1, created once and never changed.
 */
public final class Manifest {
  private static final Pattern ENTRY = Pattern.compile("[0-9]{6}\\.json");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final FileSystem fileSystem;
  private final Path root;
  private final List<ManifestEntry> entries = new ArrayList<>();
  private boolean listed;

  /** That of the folder {@code root}. */
  public Manifest(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /**
   * All commits, in order. Entries are asked for by name: a listing may be stale. A last one that
   * was cut off while it was written is no commit. Entries never change, so each is read once.
   *
   * @throws UserException if an entry is damaged or missing before another, or a newer version of
   *     PhaseMap made it
   */
  public List<ManifestEntry> entries() {
    synchronized (entries) {
      for (Optional<ManifestEntry> next = next(); next.isPresent(); next = next()) {
        entries.add(next.get());
      }
      checkLast();
      return List.copyOf(entries);
    }
  }

  private Optional<ManifestEntry> next() {
    int sequence = entries.size() + 1;
    Optional<ManifestEntry> entry = entry(sequence);
    try {
      // What comes after a damaged entry must not be taken for files that no commit has.
      if (entry.isEmpty() && fileSystem.exists(entryFile(sequence + 1))) {
        entry = entry(sequence); // Or both have been written just now.
        if (entry.isEmpty()) {
          throw gap(sequence, entryFile(sequence + 1).getName());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(root.toString(), e);
    }
    return entry;
  }

  /**
   * Holds the entries that were found to a listing, once: several may be missing before another. A
   * stale listing has too few and never too many.
   */
  private void checkLast() {
    if (listed) {
      return;
    }
    listed = true;
    try {
      Optional<Path> later =
          Arrays.stream(fileSystem.listStatus(new Path(root, "manifest")))
              .map(FileStatus::getPath)
              .filter(file -> ENTRY.matcher(file.getName()).matches())
              .filter(file -> file.getName().compareTo(entryFile(entries.size() + 1).getName()) > 0)
              .min(Comparator.comparing(Path::getName));
      if (later.isPresent() && entry(entries.size() + 1).isEmpty()) {
        throw gap(entries.size() + 1, later.get().getName());
      }
    } catch (FileNotFoundException e) {
      listed = false; // There is no entry yet.
    } catch (IOException e) {
      throw new UncheckedIOException(root.toString(), e);
    }
  }

  /** Refuses a file system whose folders cannot be listed, as that of {@code http}. */
  public void requireListing() throws IOException {
    if (LocalDisk.isLocal(fileSystem)) {
      return;
    }
    try {
      fileSystem.listStatusIterator(new Path(root, "manifest"));
    } catch (FileNotFoundException e) {
      return; // There is no entry yet.
    } catch (UnsupportedOperationException e) {
      throw new UserException(
          String.format(
              "%s: is no results folder (its file system, %s, cannot list folders); allowed: one"
                  + " that can, such as file, hdfs, s3a, abfss, gs",
              root, fileSystem.getUri().getScheme()),
          e);
    }
  }

  private UserException gap(int sequence, String later) {
    return new UserException(
        String.format(
            "%s: is damaged or missing, and %s is there; allowed: all entries up to the last."
                + " Bring it back from a copy, or sweep into another folder (--results)",
            FileSystems.shown(entryFile(sequence)), later));
  }

  private Optional<ManifestEntry> entry(int sequence) {
    Path file = entryFile(sequence);
    try (InputStream in = fileSystem.open(file)) {
      return ManifestJson.read(in, FileSystems.shown(file), sequence);
    } catch (FileNotFoundException | ChecksumException e) {
      LocalDisk.checkReadable(fileSystem, file);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /**
   * Creates the entry's file.
   *
   * @throws UserException if another process has committed under its number
   * @throws IOException if it cannot be written
   */
  public void append(ManifestEntry entry) throws IOException {
    Path file = entryFile(entry.sequence());
    if (fileSystem.exists(file) && entry(entry.sequence()).isEmpty()) {
      fileSystem.delete(file, false); // A killed run's, cut off.
    }
    byte[] json;
    try {
      json = JSON.writeValueAsBytes(entry);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest entry is plain data", e);
    }
    if (!NewFile.write(fileSystem, file, json)) {
      throw overtaken(file);
    }
    Optional<ManifestEntry> written = entry(entry.sequence());
    if (written.isEmpty()) {
      throw new IOException(file + " does not hold what was written to it");
    }
    if (!written.get().equals(entry)) {
      throw overtaken(file);
    }
    LocalDisk.sync(fileSystem, List.of(file));
  }

  private UserException overtaken(Path file) {
    return new UserException(
        String.format(
            "%s: another process has committed %s meanwhile; allowed: one sweep at a time. What is"
                + " committed is kept; the same command goes on",
            FileSystems.shown(root), file.getName()));
  }

  private Path entryFile(int sequence) {
    return new Path(new Path(root, "manifest"), String.format(Locale.ROOT, "%06d.json", sequence));
  }
}
