package org.phasemap.store.parquet;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A file that Parquet writes to, and a check of what it was given. */
final class CheckedOutput implements OutputFile {
  /** With Hadoop's own of 4 kB, a local disk's calls of the system were a quarter of writing. */
  static final int BUFFER_BYTES = 1 << 18;

  private final FileSystem fileSystem;
  private final Path path;
  private final ContentCheck check;
  private long bytes;

  CheckedOutput(FileSystem fileSystem, Path path, ContentCheck check) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.check = check;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    FSDataOutputStream out = fileSystem.create(path, false, BUFFER_BYTES);
    return new PositionOutputStream() {
      @Override
      public long getPos() {
        return bytes;
      }

      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        check.update(buffer, offset, length);
        bytes += length;
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    throw new UnsupportedOperationException("a table's file is written once: " + path);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return fileSystem.getDefaultBlockSize(path);
  }

  @Override
  public String getPath() {
    return path.toString();
  }
}
