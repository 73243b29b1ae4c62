package org.phasemap.data;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.VersionInfo;
import org.phasemap.network.UserException;

/** Hadoop's file systems, of which the user brings those of clouds. */
public final class FileSystems {
  /** What has the file systems of a scheme that Hadoop names without having them. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "s3a", "hadoop-aws",
          "abfs", "hadoop-azure",
          "abfss", "hadoop-azure",
          "wasb", "hadoop-azure",
          "wasbs", "hadoop-azure",
          "oss", "hadoop-aliyun",
          "gs", "hadoop-gcp");

  private FileSystems() {}

  /**
   * The file system of a path.
   *
   * @throws UserException if its library is not on the class path, and says what to add
   * @throws IOException if it does not start
   */
  public static FileSystem of(Path path, Configuration configuration) throws IOException {
    try {
      return LocalFiles.has(path, configuration)
          ? LocalFiles.shared(configuration)
          : path.getFileSystem(configuration);
    } catch (NoClassDefFoundError e) {
      throw absent(path, e);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException) {
        throw absent(path, e);
      }
      throw e;
    }
  }

  /** What a failure of a file system says in one line; without words, its kind. */
  public static String said(Exception e) {
    String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String kind = e.getClass().getSimpleName();
    if (e instanceof UnknownHostException) {
      return "no host is known by the name of " + said;
    }
    return e.getMessage() == null || said.isBlank() ? kind : said;
  }

  /** A URI as users know it, or a local path without a scheme. */
  public static String shown(Path path) {
    return path.toUri().getScheme().equals("file") ? path.toUri().getPath() : path.toString();
  }

  private static UserException absent(Path path, Throwable e) {
    String library = LIBRARIES.get(String.valueOf(path.toUri().getScheme()));
    String what = library == null ? "the library of its file system" : library;
    String coordinates =
        library == null
            ? ""
            : String.format(
                ", such as by '-- --packages org.apache.hadoop:%s:%s'",
                library, VersionInfo.getVersion());
    String missing = String.valueOf(e.getMessage()).replaceFirst(".*ClassNotFoundException: ", "");
    return new UserException(
        String.format(
            "%s: %s is not on the class path (%s); add it behind the command%s. The jars that are"
                + " enough are listed in docs/clusters.md#where-results-may-lie",
            path, what, missing, coordinates),
        e);
  }
}
