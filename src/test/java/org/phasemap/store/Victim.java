package org.phasemap.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder beside a hostile one, which shows whether anything in it was read, written or deleted,
 * by Java or by native code: each file was last read in 1970 and written now, so that Linux notes
 * the next time that it is read, also where it is mounted with {@code relatime}.
 */
public final class Victim {
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  private final Path folder;
  private final Map<Path, String> before = new TreeMap<>();

  private Victim(Path folder) {
    this.folder = folder;
  }

  /** From now on what is read, written or deleted is {@link #touched}. */
  public void watch() throws IOException {
    List<Path> all;
    try (Stream<Path> paths = Files.walk(folder)) {
      all = paths.toList();
    }
    for (Path path : all) {
      Files.getFileAttributeView(path, BasicFileAttributeView.class).setTimes(null, LONG_AGO, null);
      before.put(path, state(path));
    }
  }

  /** Makes one, with a spec, files of rows, and {@code precious}. */
  public static Victim at(Path folder, byte[] spec, byte[] rows) throws IOException {
    Files.createDirectories(folder.resolve("replicates"));
    Files.write(folder.resolve("spec.yaml"), spec);
    Files.write(folder.resolve("precious"), new byte[] {1});
    Files.write(folder.resolve("a.parquet"), rows);
    Files.write(folder.resolve("replicates/a.parquet"), rows);
    return new Victim(folder);
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** What was read, written or deleted since {@link #watch}; empty if nothing was. */
  public Map<Path, String> touched() throws IOException {
    Map<Path, String> touched = new TreeMap<>();
    for (Map.Entry<Path, String> file : before.entrySet()) {
      String now = state(file.getKey());
      if (!now.equals(file.getValue())) {
        touched.put(file.getKey(), now);
      }
    }
    return touched;
  }

  /** A folder's time of writing changes with what is in it. */
  private static String state(Path path) throws IOException {
    try {
      BasicFileAttributes now =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return String.format(
          "read %s, written %s, %d bytes",
          now.lastAccessTime(), now.lastModifiedTime(), now.isDirectory() ? 0 : now.size());
    } catch (NoSuchFileException e) {
      return "deleted";
    }
  }
}
