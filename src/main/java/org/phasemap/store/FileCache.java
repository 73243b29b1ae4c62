package org.phasemap.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Sha256;
import org.phasemap.network.UserException;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.parquet.DamagedFile;

/**
 * Copies of committed files on a local disk, by SHA-256 and name. A file never changes, so a copy
 * is never old. Where there are more bytes than are allowed, those go that were not used for the
 * longest time, once nobody reads.
 *
 * <p>Processes share the folder. Each holds a shared lock while it reads, which the system takes
 * away from one that dies; whoever cleans needs the lock for itself, and leaves it to the next if
 * others have it. A copy gets its name when it is whole, and has the manifest's SHA-256.
 */
final class FileCache {
  /** Where copies lie; {@code spark.phasemap.cache.dir} to users. */
  static final String FOLDER = "phasemap.cache.dir";

  /** How many MB of them may stay. */
  static final String MEGABYTES = "phasemap.cache.megabytes";

  private static final long DEFAULT_MEGABYTES = 4096;
  private static final String LOCK = ".phasemap-files-lock";
  private static final int BUFFER = 1 << 16;

  /** The folder may be one that has other files too, which are left alone. */
  private static final Pattern COPY = Pattern.compile("[0-9a-f]{64}-.+\\.parquet");

  private static final Pattern PART = Pattern.compile("[0-9a-f]{64}-[0-9a-f-]{36}\\.part");

  private static final Map<Path, FileCache> CACHES = new HashMap<>();

  private final Path folder;
  private long most;
  private int users;
  private @Nullable FileChannel channel;
  private @Nullable FileLock shared;

  private FileCache(Path folder) {
    this.folder = folder;
  }

  /**
   * The cache that a configuration names, from now until {@link #leave} with all that is copied.
   *
   * @throws UserException if it cannot be written
   */
  static FileCache enter(Configuration configuration) {
    Path folder = folder(configuration);
    FileCache cache;
    synchronized (CACHES) {
      cache = CACHES.computeIfAbsent(folder, FileCache::new);
    }
    try {
      cache.enter(configuration.getLong(MEGABYTES, DEFAULT_MEGABYTES) << 20);
    } catch (IOException e) {
      throw cache.unwritable(e);
    }
    return cache;
  }

  private static Path folder(Configuration configuration) {
    String set = configuration.get(FOLDER, "");
    if (!set.isBlank()) {
      return Path.of(set).toAbsolutePath();
    }
    String caches = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    return caches.startsWith("/")
        ? Path.of(caches, "phasemap", "files")
        : Path.of(System.getProperty("user.home"), ".cache", "phasemap", "files").toAbsolutePath();
  }

  private synchronized void enter(long bytes) throws IOException {
    most = bytes;
    if (users == 0) {
      if (!Files.isDirectory(folder)) {
        // Others must not read results that their owner keeps from them, nor plant copies.
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      FileChannel opened =
          FileChannel.open(
              folder.resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        shared = opened.lock(0, Long.MAX_VALUE, true);
      } catch (IOException e) {
        opened.close();
        throw e;
      }
      channel = opened;
    }
    users++;
  }

  /** A copy of a file. */
  Path copy(ResultsFolder results, ManifestEntry.DataFile file) {
    // Parsed and printed, so that nothing but a hash can be a part of a path.
    String hash = HexFormat.of().formatHex(HexFormat.of().parseHex(file.sha256()));
    Path copy = folder.resolve(hash + "-" + new org.apache.hadoop.fs.Path(file.path()).getName());
    try {
      if (Files.isRegularFile(copy) && Files.size(copy) == file.bytes()) {
        Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
        return copy;
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
    Path part = folder.resolve(hash + "-" + UUID.randomUUID() + ".part");
    try {
      fetch(results, file, part);
      Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
      return copy;
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      delete(part);
    }
  }

  private static void fetch(ResultsFolder results, ManifestEntry.DataFile file, Path part)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = open(results, file);
        FileChannel out =
            FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = read(in, buffer, results, file); n >= 0; n = read(in, buffer, results, file)) {
        digest.update(buffer, 0, n);
        for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n); bytes.hasRemaining(); ) {
          out.write(bytes);
        }
      }
      out.force(true); // A power cut must not leave a file with its name and without its bytes.
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
      throw new UserException(
          message(results, file, "is damaged (it does not have the manifest's SHA-256)"));
    }
  }

  private static InputStream open(ResultsFolder results, ManifestEntry.DataFile file) {
    try {
      return results.fileSystem().open(new org.apache.hadoop.fs.Path(results.root(), file.path()));
    } catch (FileNotFoundException e) {
      throw unreadable(results, file, "is missing, though the manifest names it", e);
    } catch (IOException e) {
      throw unreadable(results, file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static int read(
      InputStream in, byte[] buffer, ResultsFolder results, ManifestEntry.DataFile file) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw unreadable(results, file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static UserException unreadable(
      ResultsFolder results, ManifestEntry.DataFile file, String how, IOException e) {
    return new UserException(message(results, file, how), e);
  }

  private static String message(ResultsFolder results, ManifestEntry.DataFile file, String how) {
    return String.format("%s: %s; %s", results.path(file.path()), how, DamagedFile.REMEDY);
  }

  /** Gives up what was copied since {@link #enter}, and cleans. */
  synchronized void leave() {
    users--;
    FileChannel open = channel;
    FileLock held = shared;
    if (users > 0 || open == null || held == null) {
      return;
    }
    try (open) {
      held.release();
      FileLock alone = open.tryLock();
      if (alone != null) {
        clean();
      }
    } catch (IOException e) {
      // What was read is right; the next process cleans.
      System.getLogger(FileCache.class.getName())
          .log(System.Logger.Level.WARNING, folder + " cannot be cleaned", e);
    }
  }

  private void clean() throws IOException {
    List<Path> copies = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (PART.matcher(name).matches()) { // Of a process that was killed.
          Files.delete(file);
        } else if (COPY.matcher(name).matches()) {
          copies.add(file);
        }
      }
    }
    Map<Path, FileTime> used = new HashMap<>();
    long bytes = 0;
    for (Path copy : copies) {
      used.put(copy, Files.getLastModifiedTime(copy));
      bytes += Files.size(copy);
    }
    copies.sort(Comparator.comparing(used::get));
    for (Path copy : copies) {
      if (bytes <= most) {
        return;
      }
      bytes -= Files.size(copy);
      Files.delete(copy);
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      System.getLogger(FileCache.class.getName())
          .log(System.Logger.Level.WARNING, part + " cannot be deleted", e);
    }
  }

  private UserException unwritable(IOException e) {
    return new UserException(
        String.format(
            "%s: cannot be written (%s: %s); allowed: a folder with space for a copy of the"
                + " results, such as '-- --conf spark.phasemap.cache.dir=DIR'",
            folder, e.getClass().getSimpleName(), e.getMessage()),
        e);
  }
}
