package org.phasemap.rows;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.parquet.RowReader;

/** Sorted files read as one that is sorted, a row of each in memory at a time. */
public final class Merge implements Iterator<@Nullable Object[]>, Closeable {
  private record Head(@Nullable Object[] row, RowReader rest) {}

  private final List<RowReader> files = new ArrayList<>();
  private final PriorityQueue<Head> heads;

  /** Of no files yet. */
  public Merge(AxisOrder order) {
    heads = new PriorityQueue<>(Comparator.comparing(Head::row, order));
  }

  /** Adds a file, which is closed with the others. */
  public void add(RowReader file) {
    files.add(file);
    push(file);
  }

  private void push(RowReader file) {
    if (file.hasNext()) {
      heads.add(new Head(file.next(), file));
    }
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public @Nullable Object[] next() {
    Head head = heads.remove();
    push(head.rest);
    return head.row;
  }

  /** The sum of all rows, behind the last; see {@link RowReader#sum}. */
  public long sum() {
    return files.stream().mapToLong(RowReader::sum).sum();
  }

  @Override
  public void close() throws IOException {
    for (RowReader file : files) {
      file.close();
    }
  }
}
