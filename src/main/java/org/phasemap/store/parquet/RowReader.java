package org.phasemap.store.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other; closes itself behind the last. */
public final class RowReader implements Iterator<@Nullable Object[]>, Closeable {
  private final String file;
  private final RowGroups groups;
  private final @Nullable RowSum sum;
  private final OptionalLong written;
  private List<@Nullable Object[]> rows = List.of();
  private int next;

  /**
   * At a file's first row.
   *
   * @param sum of no rows yet; null where a part of the file is read
   * @param written the sum of the rows that were written, if the file says so and all of its
   *     columns are read
   */
  RowReader(String file, RowGroups groups, @Nullable RowSum sum, OptionalLong written)
      throws IOException {
    this.file = file;
    this.groups = groups;
    this.sum = sum;
    this.written = written;
    try {
      advance();
    } catch (IOException | RuntimeException e) {
      groups.close();
      throw e;
    }
  }

  private void advance() throws IOException {
    try {
      rows = groups.next();
      next = 0;
      add();
    } catch (IOException | RuntimeException e) {
      throw DamagedFile.failed(file, e);
    } catch (LinkageError e) {
      throw Natives.notLoaded(e);
    }
    if (rows.isEmpty()) {
      groups.close();
    }
  }

  private void add() {
    if (sum == null) {
      return;
    }
    rows.forEach(sum::add);
    if (rows.isEmpty() && written.isPresent() && written.getAsLong() != sum.value()) {
      throw new BadRow("its rows are not those that were written");
    }
  }

  /**
   * A number that rows have whatever their order, of the columns that are read: of the rows that
   * have been given and of some that follow; at the end, of all. That of a merged file is the sum
   * of its files', modulo 2⁶⁴.
   *
   * @throws IllegalStateException if a part of the file is read
   */
  public long sum() {
    if (sum == null) {
      throw new IllegalStateException(file + ": a part of it is read");
    }
    return sum.value();
  }

  @Override
  public boolean hasNext() {
    return next < rows.size();
  }

  /**
   * The next row.
   *
   * @throws org.phasemap.network.UserException if the file is damaged
   * @throws UncheckedIOException if the file system does not give it
   */
  @Override
  public @Nullable Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    @Nullable Object[] row = rows.get(next);
    next++;
    if (!hasNext()) {
      try {
        advance();
      } catch (IOException e) {
        throw new UncheckedIOException(file, e);
      }
    }
    return row;
  }

  @Override
  public void close() throws IOException {
    groups.close();
  }
}
