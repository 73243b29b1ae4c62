package org.phasemap.store;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other; closes itself behind the last. */
public final class RowReader implements Iterator<@Nullable Object[]>, Closeable {
  private final String file;
  private final ParquetReader<@Nullable Object[]> reader;
  private @Nullable Object @Nullable [] next;

  RowReader(String file, ParquetReader<@Nullable Object[]> reader) throws IOException {
    this.file = file;
    this.reader = reader;
    try {
      advance();
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private void advance() throws IOException {
    try {
      next = reader.read();
    } catch (ChecksumException | EOFException | RuntimeException e) {
      throw DamagedFile.of(file, e);
    } catch (LinkageError e) {
      throw Natives.notLoaded(e);
    }
    if (next == null) {
      reader.close();
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  /**
   * The next row.
   *
   * @throws org.phasemap.network.UserException if the file is damaged
   * @throws UncheckedIOException if the file system does not give it
   */
  @Override
  public @Nullable Object[] next() {
    @Nullable Object[] row = next;
    if (row == null) {
      throw new NoSuchElementException();
    }
    try {
      advance();
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
    return row;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
