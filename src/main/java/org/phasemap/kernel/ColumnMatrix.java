package org.phasemap.kernel;

import java.util.Objects;

/** Shape, columns within the owning matrix, and whether that is still open. */
public abstract class ColumnMatrix implements Matrix {
  private final OpenMatrices home;
  private final int rows;
  private final int columns;
  private final int firstColumn;
  private final ColumnMatrix owner;
  private boolean open = true;

  /**
   * A matrix of its own.
   *
   * @param home its kernel's matrices
   */
  protected ColumnMatrix(OpenMatrices home, int rows, int columns) {
    this.home = home;
    this.rows = rows;
    this.firstColumn = 0;
    this.columns = columns;
    this.owner = this;
  }

  /** A view of columns counted from the owner's first. */
  protected ColumnMatrix(ColumnMatrix owner, int firstColumn, int columns) {
    this.home = owner.home;
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

  /** Whether a kernel has made it. */
  final boolean isOf(OpenMatrices kernel) {
    return home == kernel;
  }

  /** Columns counted from the owner's first. */
  protected abstract Matrix viewOfOwner(int first, int count);

  /** Frees the memory of a matrix that is no view. */
  protected abstract void free();

  /** As {@link #writeFrom}. */
  protected abstract void store(float[] values, int length);

  /** As {@link #readInto}. */
  protected abstract void load(float[] values, int length);

  @Override
  public final void write(float[] values) {
    requireOpen();
    requireLength(values);
    store(values, length());
  }

  @Override
  public final float[] read() {
    float[] values = new float[length()];
    readInto(values);
    return values;
  }

  @Override
  public final void writeFrom(float[] values) {
    requireOpen();
    if (values.length < size()) {
      throw new IllegalArgumentException(
          "Cannot write %s from %d values".formatted(this, values.length));
    }
    store(values, length());
  }

  @Override
  public final void readInto(float[] values) {
    requireOpen();
    if (values.length < size()) {
      throw new IllegalArgumentException(
          "Cannot read %s into %d values".formatted(this, values.length));
    }
    load(values, length());
  }

  @Override
  public final void close() {
    if (owner == this && open) {
      open = false;
      home.remove(this);
      free();
    }
  }

  @Override
  public final Matrix view(int first, int count) {
    Objects.checkFromIndexSize(first, count, columns);
    requireOpen();
    return viewOfOwner(firstColumn + first, count);
  }

  /** The number of entries. */
  public final long size() {
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

  private void requireLength(float[] values) {
    if (values.length != size()) {
      throw new IllegalArgumentException(
          "Cannot write %d values into %s".formatted(values.length, this));
    }
  }

  /** The number of entries, for copies to and from an array. */
  private int length() {
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
