package org.phasemap.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other; closes itself behind the last. */
public final class RowReader implements Iterator<@Nullable Object[]>, Closeable {
  private final String file;
  private final RowGroups groups;
  private List<@Nullable Object[]> rows = List.of();
  private int next;

  RowReader(String file, RowGroups groups) throws IOException {
    this.file = file;
    this.groups = groups;
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
    } catch (IOException | RuntimeException e) {
      throw DamagedFile.failed(file, e);
    } catch (LinkageError e) {
      throw Natives.notLoaded(e);
    }
    if (rows.isEmpty()) {
      groups.close();
    }
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
