package org.phasemap.store.parquet;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A local file as Parquet reads it. Parquet's own asks Hadoop for the file system anew.
 *
 * @param fileSystem that has it, with its checksums
 * @param status of the file
 */
record LocalInput(FileSystem fileSystem, FileStatus status) implements InputFile {
  @Override
  public long getLength() {
    return status.getLen();
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return HadoopStreams.wrap(fileSystem.open(status.getPath()));
  }

  /** What Parquet's messages name. */
  @Override
  public String toString() {
    return status.getPath().toString();
  }
}
