package org.phasemap.store;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final String WATCH = "phasemap.test.watch";
  private static final Map<String, Queue<Path>> TOUCHED = new ConcurrentHashMap<>();

  /** Has {@code file:} watched. */
  public static Configuration register(Configuration configuration) {
    configuration.setClass(
        "fs.file.impl", WatchedFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    configuration.set(WATCH, UUID.randomUUID().toString());
    return configuration;
  }

  /** What was touched by those who have this configuration; it is forgotten. */
  public static Collection<Path> touched(Configuration configuration) {
    Collection<Path> touched = TOUCHED.remove(configuration.get(WATCH));
    return touched == null ? List.of() : touched;
  }

  private void add(Path path) {
    TOUCHED.computeIfAbsent(getConf().get(WATCH), watch -> new ConcurrentLinkedQueue<>()).add(path);
  }

  /** Where links lead: what is opened through one is another file. */
  private void touch(Path path) throws IOException {
    java.nio.file.Path file = pathToFile(path).toPath();
    add(Files.exists(file) ? new Path(file.toRealPath().toUri()) : path);
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
    add(path);
    return super.delete(path, recursive);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    add(from);
    add(to);
    return super.rename(from, to);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    touch(path);
    return super.listStatus(path);
  }
}
