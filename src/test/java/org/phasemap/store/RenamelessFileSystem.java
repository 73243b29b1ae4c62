package org.phasemap.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local file system without renames, whose files are all created by one method. */
abstract class RenamelessFileSystem extends RawLocalFileSystem {
  @Override
  public final boolean rename(Path from, Path to) throws IOException {
    throw new UnsupportedOperationException("no renames here: " + from);
  }

  @Override
  public final FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(path, overwrite);
  }

  @Override
  public final FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(path, overwrite);
  }

  @Override
  public final FSDataOutputStream create(Path path, boolean overwrite) throws IOException {
    return new FSDataOutputStream(created(path, overwrite), null);
  }

  /** What is written to a new file. */
  abstract OutputStream created(Path path, boolean overwrite) throws IOException;

  /** A new file on the disk. */
  final OutputStream onDisk(Path path, boolean overwrite) throws IOException {
    java.nio.file.Path file = pathToFile(path).toPath();
    Files.createDirectories(file.getParent());
    return overwrite
        ? Files.newOutputStream(file)
        : Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }
}
