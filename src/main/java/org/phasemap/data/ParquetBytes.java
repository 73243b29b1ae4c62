package org.phasemap.data;

import java.io.ByteArrayInputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A Parquet file in memory: what is read is what was hashed. */
@SuppressWarnings("ArrayRecordComponent") // read-only
record ParquetBytes(byte[] content) implements InputFile {
  @Override
  public long getLength() {
    return content.length;
  }

  @Override
  public SeekableInputStream newStream() {
    Cursor cursor = new Cursor(content);
    return new DelegatingSeekableInputStream(cursor) {
      @Override
      public long getPos() {
        return cursor.place();
      }

      @Override
      public void seek(long place) {
        cursor.go(place);
      }
    };
  }

  private static final class Cursor extends ByteArrayInputStream {
    Cursor(byte[] content) {
      super(content);
    }

    long place() {
      return pos;
    }

    void go(long place) {
      pos = Math.toIntExact(place);
    }
  }
}
