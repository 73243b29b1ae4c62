package org.phasemap.kernel;

import java.util.Objects;

/** Shape, columns within the owning matrix, and whether that is still open. */
abstract class ColumnMatrix implements Matrix {
  private final CheckedKernel<?> kernel;
  private final int rows;
  private final int columns;
  private final int firstColumn;
  private final ColumnMatrix owner;
  private boolean open = true;

  /** A matrix of its own. */
  ColumnMatrix(CheckedKernel<?> kernel, int rows, int columns) {
    this.kernel = kernel;
    this.rows = rows;
    this.firstColumn = 0;
    this.columns = columns;
    this.owner = this;
  }

  /** A view of columns counted from the owner's first. */
  ColumnMatrix(ColumnMatrix owner, int firstColumn, int columns) {
    this.kernel = owner.kernel;
    this.rows = owner.rows;
    this.firstColumn = firstColumn;
    this.columns = columns;
    this.owner = owner;
  }

  @Override
  public final int rows() {
    return rows;
  }

  @Override
  public final int columns() {
    return columns;
  }

  final CheckedKernel<?> kernel() {
    return kernel;
  }

  /** The matrix whose memory this one shares; itself if this is no view. */
  final ColumnMatrix owner() {
    return owner;
  }

  final boolean isOpen() {
    return open;
  }

  /** Columns counted from the owner's first. */
  abstract Matrix viewOfOwner(int first, int count);

  /** Frees the memory of a matrix that is no view. */
  abstract void free();

  @Override
  public final void close() {
    if (owner == this && open) {
      open = false;
      kernel.forget(this);
      free();
    }
  }

  @Override
  public final Matrix view(int first, int count) {
    Objects.checkFromIndexSize(first, count, columns);
    requireOpen();
    return viewOfOwner(firstColumn + first, count);
  }

  final int firstColumn() {
    return firstColumn;
  }

  final long size() {
    return (long) rows * columns;
  }

  final boolean overlaps(ColumnMatrix other) {
    return owner == other.owner
        && firstColumn < other.firstColumn + other.columns
        && other.firstColumn < firstColumn + columns;
  }

  final boolean isSameAs(ColumnMatrix other) {
    return owner == other.owner && firstColumn == other.firstColumn && columns == other.columns;
  }

  final void requireOpen() {
    if (!owner.open) {
      throw new IllegalStateException("Cannot use %s: it is closed".formatted(this));
    }
  }

  final void requireLength(float[] values) {
    if (values.length != size()) {
      throw new IllegalArgumentException(
          "Cannot write %d values into %s".formatted(values.length, this));
    }
  }

  /** The number of entries, for copies to and from an array. */
  final int length() {
    if (size() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("Cannot copy %s into one array".formatted(this));
    }
    return (int) size();
  }

  @Override
  public String toString() {
    return "a " + rows + " x " + columns + " matrix";
  }
}
