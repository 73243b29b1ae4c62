package org.phasemap.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.phasemap.network.UserException;
import org.phasemap.store.disk.LocalDisk;
import org.phasemap.store.table.Tables;

/**
 * Holds a local results folder to plain files in plain folders. What it has is read, replaced and
 * deleted: a symbolic link would do so to a file outside, and a pipe would never end. The folder
 * itself may be a link, and so may anything in it that is not a part of it.
 */
final class PlainFiles {
  private static final List<String> FOLDERS =
      List.of("manifest", Tables.REPLICATES, Tables.CELLS, "_staging");

  /** With the checksums that earlier versions kept. */
  private static final List<String> FILES =
      List.of("spec.yaml", ".spec.yaml.crc", "_lock", "._lock.crc", "report.html");

  private static final Pattern PART = Pattern.compile(".*\\.(json|parquet|crc)");

  private PlainFiles() {}

  /**
   * Looks at every part of a results folder, whether or not there is one.
   *
   * @throws UserException if one is a link, or another thing than it must be
   */
  static void check(FileSystem fileSystem, org.apache.hadoop.fs.Path root) {
    if (!LocalDisk.isLocal(fileSystem)) {
      return;
    }
    Path folder = LocalDisk.local(root);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      for (String name : FILES) {
        check(folder.resolve(name), BasicFileAttributes::isRegularFile, "a plain file");
      }
      for (String name : FOLDERS) {
        check(folder.resolve(name), BasicFileAttributes::isDirectory, "a folder");
        checkFiles(folder.resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void checkFiles(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (PART.matcher(file.getFileName().toString()).matches()) {
          check(file, BasicFileAttributes::isRegularFile, "a plain file");
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return; // Nothing there to look at.
    } catch (AccessDeniedException e) {
      return; // Whoever needs what is in it will say so.
    }
  }

  private static void check(Path path, Predicate<BasicFileAttributes> right, String allowed)
      throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException | AccessDeniedException e) {
      return; // As above.
    }
    if (!right.test(attributes)) {
      throw new UserException(
          String.format(
              "%s: is %s; allowed: %s. A results folder must not lead out of itself; the folder as"
                  + " a whole may be a link",
              path, kind(attributes), allowed));
    }
  }

  private static String kind(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return "a symbolic link";
    }
    return attributes.isDirectory()
        ? "a folder"
        : attributes.isRegularFile() ? "a file" : "a pipe or a device";
  }
}
