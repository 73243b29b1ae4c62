package org.phasemap.store.disk;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.phasemap.network.UserException;

/**
 * What Hadoop's local files lack: to outlast a power cut, and creation that only one of several
 * processes succeeds in, since Hadoop looks first and creates then. Other file systems are left as
 * they are.
 */
public final class LocalDisk {
  private LocalDisk() {}

  /**
   * Creates a file.
   *
   * @throws IOException if there is one, or if it cannot be created
   */
  static OutputStream create(FileSystem fileSystem, org.apache.hadoop.fs.Path path)
      throws IOException {
    if (!isLocal(fileSystem)) {
      return fileSystem.create(path, false);
    }
    if (!fileSystem.mkdirs(path.getParent())) {
      throw new IOException("Mkdirs failed to create " + path.getParent()); // As Hadoop says it.
    }
    // Those of a file whose deletion was cut off must not be taken for this one's.
    Files.deleteIfExists(checksums(local(path)));
    return Files.newOutputStream(
        local(path), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Opens a file that a person may have changed: its checksums, if it has any, are not asked. */
  public static InputStream open(FileSystem fileSystem, org.apache.hadoop.fs.Path path)
      throws IOException {
    if (!isLocal(fileSystem)) {
      return fileSystem.open(path);
    }
    try {
      return Files.newInputStream(local(path));
    } catch (NoSuchFileException | AccessDeniedException e) { // As java.io says both.
      throw (FileNotFoundException) new FileNotFoundException(path.toString()).initCause(e);
    }
  }

  /**
   * Gives a file another content, whole: one of which a person may have another name keeps its own.
   * It has no checksums beside it, so that a person may change it.
   */
  public static void replace(FileSystem fileSystem, org.apache.hadoop.fs.Path path, byte[] content)
      throws IOException {
    if (!isLocal(fileSystem)) {
      try (OutputStream out = fileSystem.create(path, true)) {
        out.write(content);
      }
      return;
    }
    if (!fileSystem.mkdirs(path.getParent())) {
      throw new IOException("Mkdirs failed to create " + path.getParent()); // As Hadoop says it.
    }
    Path file = local(path);
    Path next = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      Files.write(next, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
    Files.deleteIfExists(checksums(file));
  }

  /**
   * Has files with their checksums outlast a power cut, then their names and those of their
   * folders.
   */
  public static void sync(FileSystem fileSystem, List<org.apache.hadoop.fs.Path> paths)
      throws IOException {
    if (!isLocal(fileSystem)) {
      return;
    }
    Set<Path> folders = new LinkedHashSet<>();
    for (org.apache.hadoop.fs.Path path : paths) {
      force(local(path));
      if (Files.exists(checksums(local(path)))) {
        force(checksums(local(path)));
      }
      folders.add(local(path.getParent()));
      folders.add(local(path.getParent().getParent()));
    }
    for (Path folder : folders) {
      forceFolder(folder);
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Asked where a file seems to be missing: Java says so of one that may not be read, too, and what
   * is there must not be taken for what is not.
   *
   * @throws UserException if the file or its folder may not be read
   */
  public static void checkReadable(FileSystem fileSystem, org.apache.hadoop.fs.Path path) {
    if (!isLocal(fileSystem)) {
      return;
    }
    Path file = local(path);
    Path folder = local(path.getParent());
    if ((Files.exists(file) && !Files.isReadable(file))
        || (Files.exists(folder) && !Files.isExecutable(folder))) {
      throw new UserException(
          file + ": permission denied; allowed: results that you may read, whoever made them");
    }
  }

  /** Some file systems keep names without being asked, and refuse. */
  private static void forceFolder(Path folder) {
    try {
      force(folder);
    } catch (IOException e) {
      System.getLogger(LocalDisk.class.getName())
          .log(System.Logger.Level.DEBUG, folder + " cannot be synchronised", e);
    }
  }

  public static boolean isLocal(FileSystem fileSystem) {
    return fileSystem.getUri().getScheme().equals("file");
  }

  public static Path local(org.apache.hadoop.fs.Path path) {
    return new File(path.toUri().getPath()).toPath();
  }

  /** Where Hadoop keeps them. */
  private static Path checksums(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".crc");
  }
}
