package org.phasemap.data;

import java.util.Objects;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.internal.hadoop.metadata.IndexReference;

/**
 * Whether what a Parquet footer points to lies in its file. A reader takes as much memory as a
 * footer says, before it reads: one that says 2 GB of a file of 2 kB would end the JVM.
 */
public final class FooterBounds {
  private FooterBounds() {}

  /**
   * Looks at every column chunk and its indexes.
   *
   * @param bytes of the file
   * @throws IllegalArgumentException if one lies outside, which is how Parquet itself says so
   */
  public static void check(ParquetMetadata footer, long bytes) {
    for (BlockMetaData block : footer.getBlocks()) {
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        check(chunk, chunk.getStartingPos(), chunk.getTotalSize(), bytes);
        Stream.of(chunk.getColumnIndexReference(), chunk.getOffsetIndexReference())
            .filter(Objects::nonNull)
            .forEach((IndexReference at) -> check(chunk, at.getOffset(), at.getLength(), bytes));
      }
    }
  }

  private static void check(ColumnChunkMetaData chunk, long start, long length, long bytes) {
    if (start < 0 || length < 0 || start > bytes - length) {
      throw new IllegalArgumentException(
          String.format(
              "%s has %d bytes from %d of a file of %d", chunk.getPath(), length, start, bytes));
    }
  }
}
