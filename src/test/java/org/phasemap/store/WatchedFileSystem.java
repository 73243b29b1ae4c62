package org.phasemap.store;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** Hadoop's local files, and what of them was opened, written, listed and deleted. */
public final class WatchedFileSystem extends LocalFileSystem {
  private static final Queue<Path> TOUCHED = new ConcurrentLinkedQueue<>();

  /** Has {@code file:} watched. */
  public static Configuration register(Configuration configuration) {
    configuration.setClass(
        "fs.file.impl", WatchedFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    return configuration;
  }

  /** What was touched since the last call. */
  public static java.util.List<Path> touched() {
    java.util.List<Path> touched = java.util.List.copyOf(TOUCHED);
    TOUCHED.clear();
    return touched;
  }

  /** Where links lead: what is opened through one is another file. */
  private void touch(Path path) throws IOException {
    java.nio.file.Path file = pathToFile(path).toPath();
    TOUCHED.add(Files.exists(file) ? new Path(file.toRealPath().toUri()) : path);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    touch(path);
    return super.open(path, bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    touch(path);
    return super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    TOUCHED.add(path);
    return super.delete(path, recursive);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    TOUCHED.add(from);
    TOUCHED.add(to);
    return super.rename(from, to);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    touch(path);
    return super.listStatus(path);
  }
}
