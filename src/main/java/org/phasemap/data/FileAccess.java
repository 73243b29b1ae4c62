package org.phasemap.data;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;

/**
 * How the files that a spec names are reached: on any Hadoop file system, configured as where the
 * spec was read, also in tasks on other machines. Two are always equal: what files hold is known by
 * its SHA-256. What cannot be read is the user's mistake.
 */
public final class FileAccess implements Serializable {
  private static final long serialVersionUID = 1L;

  /** As Hadoop's own configuration has it, which does not know what Spark was told. */
  public static final FileAccess PLAIN = new FileAccess(Map.of());

  private static final int LARGEST = 1 << 30;
  private static final String LOCAL = "file";

  /** Null in a process that it has come to. */
  private final transient @Nullable Supplier<Configuration> here;

  private transient @Nullable Configuration configuration;

  /** What differs from Hadoop's own configuration, of a thousand entries; null until it travels. */
  private @Nullable HashMap<String, String> settings;

  /** Hadoop is not loaded before a file is reached. */
  private FileAccess(Map<String, String> settings) {
    this.here = null;
    this.settings = new HashMap<>(settings);
  }

  /** By the file systems of a configuration. */
  public FileAccess(Configuration configuration) {
    this(() -> configuration);
  }

  /** By the file systems of a configuration that is asked for when a file is reached. */
  public FileAccess(Supplier<Configuration> configuration) {
    this.here = configuration;
  }

  private synchronized void writeObject(ObjectOutputStream out) throws IOException {
    if (settings == null) {
      HashMap<String, String> others = new HashMap<>();
      Configuration plain = new Configuration();
      for (Map.Entry<String, String> entry : configuration()) {
        if (!entry.getValue().equals(plain.getRaw(entry.getKey()))) {
          others.put(entry.getKey(), entry.getValue());
        }
      }
      settings = others;
    }
    out.defaultWriteObject();
  }

  private synchronized Configuration configuration() {
    Configuration known = configuration;
    if (known == null) {
      known = here == null ? travelled() : here.get();
      configuration = known;
    }
    return known;
  }

  private Configuration travelled() {
    Configuration travelled = new Configuration();
    Objects.requireNonNull(settings).forEach(travelled::set);
    return travelled;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FileAccess;
  }

  @Override
  public int hashCode() {
    return FileAccess.class.hashCode();
  }

  /** Without the settings, which may hold keys. */
  @Override
  public String toString() {
    return "FileAccess";
  }

  /**
   * All of a file; what starts as gzip does is unzipped, whatever its name.
   *
   * @return nothing where the file system says that the file is empty, as it does of /proc
   * @throws UserException if there is no such file, or it cannot be read or unzipped, or it holds
   *     more than 1 GiB
   */
  byte[] read(String path) {
    Path file = path(path);
    FileSystem fileSystem = fileSystem(file);
    try {
      FileStatus status = fileSystem.getFileStatus(file);
      checkFile(path, status, fileSystem.makeQualified(file));
      if (status.getLen() == 0) {
        return new byte[0];
      }
      try (InputStream in = fileSystem.open(file)) {
        return unzipped(path, content(path, in));
      }
    } catch (FileNotFoundException e) {
      throw notThere(path, e);
    } catch (ChecksumException e) {
      throw new UserException(
          String.format(
              "%s: is not what its checksum file .%s.crc says; expected the file as it was written,"
                  + " or no checksum file",
              path, file.getName()),
          e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** A pipe or a device has no end, or waits for one. */
  private static void checkFile(String path, FileStatus status, Path qualified) {
    if (status.isDirectory()) {
      throw new UserException(path + ": is a folder; expected a file");
    }
    if (qualified.toUri().getScheme().equals(LOCAL)
        && !new File(qualified.toUri().getPath()).isFile()) {
      throw new UserException(path + ": is a pipe, a socket or a device; expected a file");
    }
    if (status.getLen() > LARGEST) {
      throw tooLarge(path);
    }
  }

  private static byte[] content(String path, InputStream in) throws IOException {
    byte[] content = in.readNBytes(LARGEST + 1);
    if (content.length > LARGEST) {
      throw tooLarge(path);
    }
    return content;
  }

  private static byte[] unzipped(String path, byte[] content) {
    if (!GzipCompressorInputStream.matches(content, content.length)) {
      return content;
    }
    try (InputStream in =
        GzipCompressorInputStream.builder()
            .setByteArray(content)
            .setDecompressConcatenated(true)
            .get()) {
      return content(path, in);
    } catch (IOException e) {
      throw new UserException(
          path + ": is not a whole gzip file: " + firstLine(e) + "; expected one", e);
    }
  }

  private static UserException tooLarge(String path) {
    return new UserException(path + ": is too large; expected at most 1 GiB");
  }

  /** Whether there is such a file. */
  boolean exists(String path) {
    Path file = path(path);
    FileSystem fileSystem = fileSystem(file);
    try {
      return fileSystem.exists(file);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Refuses what is not a folder. */
  void checkFolder(String path) {
    Path folder = path(path);
    FileSystem fileSystem = fileSystem(folder);
    try {
      if (!fileSystem.getFileStatus(folder).isDirectory()) {
        throw new UserException(path + ": is a file; expected a folder");
      }
    } catch (FileNotFoundException e) {
      throw new UserException(path + ": no such folder", e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static UserException unreadable(String path, IOException e) {
    return e instanceof AccessControlException
        ? new UserException(path + ": permission denied; expected a file you may read", e)
        : new UserException(path + ": cannot be read: " + firstLine(e), e);
  }

  private static UserException notThere(String path, IOException e) {
    // Java reports a file without permission as one that is not found.
    return String.valueOf(e.getMessage()).contains("Permission denied")
        ? new UserException(path + ": permission denied; expected a file you may read", e)
        : new UserException(path + ": no such file", e);
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  private static Path path(String path) {
    try {
      return new Path(path);
    } catch (IllegalArgumentException e) {
      throw new UserException(path + ": is no path: " + firstLine(e) + "; expected one", e);
    }
  }

  private FileSystem fileSystem(Path path) {
    try {
      return FileSystems.of(path, configuration());
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // it throws what a file system's own code throws
      throw new UserException(
          String.format(
              "%s: its file system cannot be used: %s; expected one that Hadoop knows here",
              path, firstLine(e)),
          e);
    }
  }
}
