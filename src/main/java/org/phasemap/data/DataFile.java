package org.phasemap.data;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.phasemap.network.UserException;

/**
 * Files that a spec names, on any Hadoop file system. What cannot be read is the user's mistake.
 */
final class DataFile {
  private static final int LARGEST = 1 << 30;
  private static final int BUFFER = 1 << 16;

  private static volatile Configuration configuration = new Configuration();

  private DataFile() {}

  /**
   * All of a file; one whose name ends in {@code .gz} is unzipped.
   *
   * @throws UserException if there is no such file, or it cannot be read or unzipped, or it holds
   *     more than 1 GiB
   */
  static byte[] read(String path) {
    Path file = new Path(path);
    try {
      FileSystem fileSystem = fileSystem(file);
      if (fileSystem.getFileStatus(file).isDirectory()) {
        throw new UserException(path + ": is a folder; expected a file");
      }
      try (InputStream raw = fileSystem.open(file);
          InputStream in = path.endsWith(".gz") ? new GZIPInputStream(raw, BUFFER) : raw) {
        return content(path, in);
      }
    } catch (FileNotFoundException e) {
      throw notThere(path, e);
    } catch (EOFException | ZipException e) {
      throw new UserException(path + ": is not a whole gzip file; expected one", e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static byte[] content(String path, InputStream in) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream(BUFFER);
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (content.size() > LARGEST - n) {
        throw new UserException(path + ": is too large; expected at most 1 GiB");
      }
      content.write(buffer, 0, n);
    }
    return content.toByteArray();
  }

  /** Whether there is such a file. */
  static boolean exists(String path) {
    Path file = new Path(path);
    try {
      return fileSystem(file).exists(file);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Refuses what is not a folder. */
  static void checkFolder(String path) {
    Path folder = new Path(path);
    try {
      if (!fileSystem(folder).getFileStatus(folder).isDirectory()) {
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

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  /** File systems from now on. */
  static void configure(Configuration fileSystems) {
    configuration = fileSystems;
  }

  static Configuration configuration() {
    return configuration;
  }

  private static FileSystem fileSystem(Path path) throws IOException {
    return FileSystems.of(path, configuration);
  }
}
