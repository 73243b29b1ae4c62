package org.phasemap.sweep.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Those of this process: to open and close the lock of one would let go of it. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private LocalFolders() {}

  /**
   * Makes one for this process, which is deleted at its end, and deletes those of processes of this
   * user that are gone.
   *
   * @param parent the temporary folder
   */
  static Path in(Path parent) throws IOException {
    Path folder = Files.createTempDirectory(parent, NAME);
    OWN.add(folder);
    ShutdownHookManager.get().addShutdownHook(() -> delete(folder), LAST);
    try {
      HELD.add(
          FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
              .lock());
      deleteAbandoned(parent, Files.getOwner(folder));
    } catch (IOException | DirectoryIteratorException e) {
      // File systems without locks, and folders that cannot be listed: nothing is deleted then.
      stays(folder, e);
    }
    return folder;
  }

  private static void deleteAbandoned(Path parent, UserPrincipal user) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, NAME + "*")) {
      for (Path other : folders) {
        if (!OWN.contains(other) && isAbandoned(other, user)) {
          delete(other);
        }
      }
    }
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
    } catch (IOException | UncheckedIOException e) {
      stays(folder, e);
    }
  }

  private static void stays(Path folder, Exception e) {
    System.getLogger(LocalFolders.class.getName())
        .log(System.Logger.Level.DEBUG, folder + " stays", e);
  }
}
