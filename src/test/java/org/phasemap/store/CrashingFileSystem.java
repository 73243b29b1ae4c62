package org.phasemap.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The local file system as {@code crashing:}. From one of its changes on nothing reaches the disk
 * any more, as if the process had been killed there; a file that is cut off is half there.
 */
public final class CrashingFileSystem extends RenamelessFileSystem {
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
  OutputStream created(Path path, boolean overwrite) throws IOException {
    checkChange();
    Files.createDirectories(pathToFile(path).toPath().getParent());
    checkChange();
    return new BufferedOutputStream(new Cut(onDisk(path, overwrite)), BUFFER);
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
