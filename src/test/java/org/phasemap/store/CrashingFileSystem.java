package org.phasemap.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system as {@code crashing:}. From one of its changes on nothing reaches the disk
 * any more, as if the process had been killed there; a file that is cut off is half there.
 */
public final class CrashingFileSystem extends RawLocalFileSystem {
  /** A file is written at once: Parquet's many little writes would be as many crashes. */
  private static final int BUFFER = 1 << 20;

  private static int left = Integer.MAX_VALUE;

  /** Makes {@code crashing:} known. */
  public static Configuration register(Configuration configuration) {
    configuration.setClass(
        "fs.crashing.impl", CrashingFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    return configuration;
  }

  /** So many changes will reach the disk. */
  public static synchronized void crashAfter(int changes) {
    left = changes;
  }

  /** Whether the crash has happened. */
  public static synchronized boolean hasCrashed() {
    return left < 0;
  }

  /** Whether a change reaches the disk. */
  private static synchronized boolean change() {
    left = Math.max(left - 1, -1);
    return left >= 0;
  }

  private static void checkChange() throws IOException {
    if (!change()) {
      throw crashed();
    }
  }

  private static void checkAlive() throws IOException {
    if (hasCrashed()) {
      throw crashed();
    }
  }

  private static IOException crashed() {
    return new IOException("the process is dead");
  }

  @Override
  public URI getUri() {
    return URI.create("crashing:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    checkAlive();
    return super.open(path, bufferSize);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    checkAlive();
    return super.getFileStatus(path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    checkAlive();
    return super.listStatus(path);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    checkChange();
    return super.delete(path, recursive);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    throw new UnsupportedOperationException("no renames here: " + from);
  }

  @Override
  public FSDataOutputStream create(
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
  public FSDataOutputStream create(
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
  public FSDataOutputStream create(Path path, boolean overwrite) throws IOException {
    java.nio.file.Path file = pathToFile(path).toPath();
    checkChange();
    Files.createDirectories(file.getParent());
    checkChange();
    OutputStream raw =
        overwrite
            ? Files.newOutputStream(file)
            : Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new FSDataOutputStream(new BufferedOutputStream(new Cut(raw), BUFFER), null);
  }

  /** What was written before a crash is on the disk; what comes after it isn't. */
  private static final class Cut extends OutputStream {
    private final OutputStream raw;

    Cut(OutputStream raw) {
      this.raw = raw;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      checkAlive();
      if (!change()) {
        raw.write(bytes, offset, length / 2);
        throw crashed();
      }
      raw.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      raw.close();
      checkAlive();
    }
  }
}
