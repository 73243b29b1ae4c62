package org.phasemap.store.parquet;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.phasemap.store.manifest.ManifestEntry;

/**
 * A part of a Parquet file: its row groups whose middle lies in a range of bytes. The splits of a
 * file have each of its rows once.
 *
 * @param path of the file, relative to the results folder
 * @param start first byte
 * @param end behind the last byte
 */
public record Split(String path, long start, long end) implements Serializable {
  /** What a writer of rows holds in memory, and a reader of a whole row group. */
  static final long BYTES = 16L << 20;

  /** A whole file. */
  public static Split whole(String path) {
    return new Split(path, 0, Long.MAX_VALUE);
  }

  /** The splits of a file, each about a row group long. */
  public static List<Split> of(ManifestEntry.DataFile file) {
    List<Split> splits = new ArrayList<>();
    long start = 0;
    do {
      long end = start + BYTES;
      splits.add(new Split(file.path(), start, end));
      start = end;
    } while (start < file.bytes());
    return splits;
  }
}
