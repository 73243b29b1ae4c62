package org.phasemap.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.jspecify.annotations.Nullable;

/**
 * Hadoop's local files, whose permissions are set in this process. Hadoop itself, without its
 * native library, runs {@code chmod} for each file and again for its checksums: some 10 ms of
 * processor time, and longer until both have ended, for every task.
 */
public final class LocalFiles extends LocalFileSystem {
  private static final URI ROOT = URI.create("file:///");

  private static @Nullable LocalFiles shared;

  /** Called by Hadoop, which finds the class by {@code fs.file.impl}. */
  public LocalFiles() {
    super(new Raw());
  }

  /** Whether a configuration has a path lie on these, and not on what a user has in their place. */
  static boolean has(Path path, Configuration configuration) {
    String scheme =
        path.toUri().getScheme() == null
            ? FileSystem.getDefaultUri(configuration).getScheme()
            : path.toUri().getScheme();
    return ROOT.getScheme().equals(scheme)
        && LocalFiles.class.getName().equals(configuration.get("fs.file.impl"))
        && !configuration.getBoolean("fs.file.impl.disable.cache", false);
  }

  /**
   * The one that all of this process share. Asked for it, Hadoop would log its user in and load the
   * file systems of all clouds before, which takes a third of a second of processor time.
   *
   * @throws IOException if it does not start
   */
  static synchronized FileSystem shared(Configuration configuration) throws IOException {
    LocalFiles known = shared;
    if (known == null) {
      known = new LocalFiles();
      known.initialize(ROOT, configuration);
      shared = known;
    }
    return known;
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      if (permission.getStickyBit()) { // java.nio has none.
        super.setPermission(path, permission);
        return;
      }
      String symbols =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      Files.setPosixFilePermissions(
          pathToFile(path).toPath(), PosixFilePermissions.fromString(symbols));
    }
  }
}
