package org.phasemap.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.FileSystems;
import org.phasemap.network.UserException;
import org.phasemap.store.disk.LocalDisk;
import org.phasemap.store.disk.NewFile;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Column;

/** The folder in which sweeps have theirs, and what is kept about several of them. */
public final class ResultsRoot {
  private static final String SPEC = "spec.yaml";
  private static final int LONGEST = 32 << 20;

  private final Configuration configuration;
  private final FileSystem fileSystem;
  private final Path root;

  private ResultsRoot(Configuration configuration, FileSystem fileSystem, Path root) {
    this.configuration = configuration;
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /**
   * The folder at a path, whether or not it exists yet.
   *
   * @throws UserException if it is no path
   */
  public static ResultsRoot at(String path, Configuration configuration) {
    try {
      Path plain = new Path(path);
      FileSystem fileSystem = FileSystems.of(plain, configuration);
      return new ResultsRoot(configuration, fileSystem, fileSystem.makeQualified(plain));
    } catch (IllegalArgumentException | UnsupportedFileSystemException e) {
      throw new UserException(
          path + ": is no folder (" + FileSystems.said(e) + "); allowed: a path or a URI", e);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /** That in which a sweep has its folder. */
  public static ResultsRoot of(ResultsFolder folder) {
    Path parent = folder.root().getParent();
    return new ResultsRoot(
        folder.configuration(), folder.fileSystem(), parent == null ? folder.root() : parent);
  }

  /**
   * The results folders at a path: itself if it is one, else those in it, by name. Links are not
   * followed.
   *
   * @return as Hadoop names them
   * @throws UserException if there is no such folder, or it cannot be listed
   */
  public static List<String> folders(String path, Configuration configuration) {
    ResultsRoot at = at(path, configuration);
    if (at.exists(SPEC)) {
      return List.of(at.root.toString());
    }
    try {
      List<String> folders = new ArrayList<>();
      for (FileStatus child : at.fileSystem.listStatus(at.root)) {
        if (at.isSweep(child)) {
          folders.add(child.getPath().toString());
        }
      }
      folders.sort(null);
      return folders;
    } catch (FileNotFoundException e) {
      throw new UserException(
          path + ": there is no such folder; allowed: a results folder, or a folder of them", e);
    } catch (IOException e) {
      throw new UserException(
          String.format(
              "%s: cannot be listed (%s); allowed: a folder that you may read",
              path, FileSystems.said(e)),
          e);
    }
  }

  private boolean isSweep(FileStatus status) {
    return status.isDirectory() && exists(status.getPath().getName() + "/" + SPEC);
  }

  /**
   * Refuses a folder that is not there.
   *
   * @return this
   * @throws UserException if there is none
   */
  public ResultsRoot required() {
    if (!exists("")) {
      throw new UserException(
          path("") + ": there is no such folder; allowed: one with results folders in it");
    }
    return this;
  }

  /** A path in it, as people write it. */
  public String path(String relative) {
    return FileSystems.shown(relative.isEmpty() ? root : new Path(root, relative));
  }

  /** Names of the results folders in it, in order. */
  public List<String> sweeps() {
    List<String> sweeps = new ArrayList<>();
    for (FileStatus status : list(root)) {
      if (isSweep(status)) {
        sweeps.add(status.getPath().getName());
      }
    }
    sweeps.sort(null);
    return sweeps;
  }

  /** Names of the files of a folder in it, in order; empty if there is none. */
  public List<String> files(String folder) {
    return list(new Path(root, folder)).stream()
        .filter(FileStatus::isFile)
        .map(status -> status.getPath().getName())
        .filter(name -> !name.startsWith("."))
        .sorted()
        .toList();
  }

  private List<FileStatus> list(Path path) {
    try {
      return Arrays.asList(fileSystem.listStatus(path));
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(FileSystems.shown(path), e);
    }
  }

  /** Whether there is something at a path. */
  public boolean exists(String relative) {
    try {
      return fileSystem.exists(relative.isEmpty() ? root : new Path(root, relative));
    } catch (IOException e) {
      throw new UncheckedIOException(path(relative), e);
    }
  }

  /** A file's text; empty if there is none. */
  public Optional<String> read(String relative) {
    try (InputStream in = LocalDisk.open(fileSystem, new Path(root, relative))) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new UserException(path(relative) + ": too large; allowed: at most 32 MiB");
      }
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      LocalDisk.checkReadable(fileSystem, new Path(root, relative));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(path(relative), e);
    }
  }

  /**
   * Creates a file.
   *
   * @return false if there is one, which stays as it is
   */
  public boolean create(String relative, String text) {
    try {
      Path file = new Path(root, relative);
      return NewFile.write(fileSystem, file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unwritable(relative, e);
    }
  }

  /** Writes a file, whole, in the place of the former. */
  public void replace(String relative, String text) {
    try {
      LocalDisk.replace(
          fileSystem, new Path(root, relative), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unwritable(relative, e);
    }
  }

  /** Deletes a file, if there is one. */
  public void delete(String relative) {
    try {
      fileSystem.delete(new Path(root, relative), false);
    } catch (IOException e) {
      throw unwritable(relative, e);
    }
  }

  /** Deletes the folder of a sweep, its spec last: what a kill leaves is still known for one. */
  public void deleteSweep(String name) {
    Path folder = new Path(root, name);
    if (!sweeps().contains(name)) {
      throw new IllegalArgumentException(name + " is no sweep");
    }
    try {
      for (FileStatus part : list(folder)) {
        if (!part.getPath().getName().equals(SPEC)) {
          fileSystem.delete(part.getPath(), true);
        }
      }
      fileSystem.delete(folder, true);
    } catch (IOException e) {
      throw unwritable(name, e);
    }
  }

  /** The rows of a table in one file; empty if there is none. */
  public List<@Nullable Object[]> rows(String relative, List<Column> columns) {
    try {
      return exists(relative)
          ? RowFile.read(configuration, root.toString(), relative, columns)
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(path(relative), e);
    }
  }

  /** Writes such a table in the place of the former, which is there until the new one is whole. */
  public void replaceRows(
      String relative, List<Column> columns, Iterator<@Nullable Object[]> rows) {
    String next = "." + relative + "." + UUID.randomUUID();
    try {
      RowFile.write(configuration, root.toString(), next, columns, Map.of(), rows);
      Path from = new Path(root, next);
      try (InputStream in = fileSystem.open(from)) {
        LocalDisk.replace(fileSystem, new Path(root, relative), in.readAllBytes());
      } finally {
        fileSystem.delete(from, false);
      }
    } catch (IOException e) {
      throw unwritable(relative, e);
    }
  }

  private UserException unwritable(String relative, IOException e) {
    return new UserException(
        String.format(
            "%s: cannot be written (%s); allowed: a folder with space that you may write to",
            path(relative), String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
        e);
  }
}
