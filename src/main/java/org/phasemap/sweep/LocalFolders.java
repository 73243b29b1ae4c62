package org.phasemap.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Folders of Spark's temporary files. A process has one and holds a lock in it until it ends,
 * however it ends. Spark deletes its files except where it is killed; so each process deletes the
 * folders whose locks nobody holds.
 */
final class LocalFolders {
  private static final String NAME = "phasemap-spark-";
  private static final String LOCK = "lock";

  /** A younger one may not have its lock yet. */
  private static final Duration MAKING = Duration.ofMinutes(1);

  /** After Spark's own hooks, which have higher numbers. */
  private static final int LAST = 1;

  /** A channel that nothing refers to is closed, and its lock is gone. */
  private static final List<FileLock> HELD = new CopyOnWriteArrayList<>();

  private LocalFolders() {}

  /**
   * Makes one for this process, which is deleted at its end, and deletes those of processes of this
   * user that are gone.
   *
   * @param parent the temporary folder
   */
  static Path in(Path parent) throws IOException {
    Path folder = Files.createTempDirectory(parent, NAME);
    HELD.add(
        FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
            .lock());
    ShutdownHookManager.get().addShutdownHook(() -> delete(folder), LAST);
    UserPrincipal user = Files.getOwner(folder);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, NAME + "*")) {
      for (Path other : folders) {
        if (isAbandoned(other, user)) {
          delete(other);
        }
      }
    }
    return folder;
  }

  private static boolean isAbandoned(Path folder, UserPrincipal user) {
    try {
      Instant changed = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          || !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)
          || changed.isAfter(Instant.now().minus(MAKING))) {
        return false;
      }
      Path lock = folder.resolve(LOCK);
      if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
        return true; // Its process was killed before it had one.
      }
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
          FileLock free = channel.tryLock()) {
        return free != null;
      }
    } catch (IOException | OverlappingFileLockException e) {
      return false; // Another process has just deleted it, or it is this one's.
    }
  }

  /** What cannot be deleted stays; the next process tries again. */
  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.getLogger(LocalFolders.class.getName())
          .log(System.Logger.Level.DEBUG, folder + " stays", e);
    }
  }
}
