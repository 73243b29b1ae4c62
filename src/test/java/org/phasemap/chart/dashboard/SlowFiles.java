package org.phasemap.chart.dashboard;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Hadoop's local files, whose tables cannot be read until they are let. */
public final class SlowFiles extends LocalFileSystem {
  private static volatile CountDownLatch closed = new CountDownLatch(1);

  /** Has the files of {@code file:} closed. */
  static Configuration register(Configuration configuration) {
    closed = new CountDownLatch(1);
    configuration.setClass("fs.file.impl", SlowFiles.class, FileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    return configuration;
  }

  /** Lets all be read. */
  static void open() {
    closed.countDown();
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    if (path.getName().endsWith(".parquet")) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException(path.toString());
      }
    }
    return super.open(path, bufferSize);
  }
}
