package org.phasemap.kernel.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.kernel.ColumnMatrix;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.OpenMatrices;

/** An array of ND4J in column-major order, outside its workspaces, so that closing frees it. */
final class Nd4jMatrix extends ColumnMatrix {
  /** Entries that {@link #write} moves at a time. */
  private static final int PART = 1 << 16;

  private final Nd4jMatrix owner;
  private final INDArray array;
  private final INDArray flat;

  Nd4jMatrix(OpenMatrices home, int rows, int columns) {
    super(home, rows, columns);
    this.owner = this;
    array = Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', rows, columns);
    flat = flat(array, 0, size());
  }

  private Nd4jMatrix(Nd4jMatrix owner, int first, int count) {
    super(owner, first, count);
    this.owner = owner;
    long offset = (long) first * owner.rows();
    array = columnMajor(owner.array, offset, owner.rows(), count);
    flat = flat(owner.array, offset, size());
  }

  void clear() {
    Nd4j.getMemoryManager().memset(array);
  }

  /** A rows × columns view of a dense array's entries from {@code offset} on. */
  static INDArray columnMajor(INDArray array, long offset, long rows, long columns) {
    return Nd4j.create(array.data(), new long[] {rows, columns}, new long[] {1, rows}, offset, 'f');
  }

  /** {@code count} entries of a dense array from {@code offset} on, as a vector. */
  static INDArray flat(INDArray array, long offset, long count) {
    return Nd4j.create(array.data(), new long[] {count}, new long[] {1}, offset, 'c');
  }

  /** Rows × columns. Valid while the owner is open. */
  INDArray array() {
    return array;
  }

  /** All entries, column by column. Valid while the owner is open. */
  INDArray flat() {
    return flat;
  }

  @Override
  protected Matrix viewOfOwner(int first, int count) {
    return new Nd4jMatrix(owner, first, count);
  }

  @Override
  protected void store(float[] values, int length) {
    for (int done = 0; done < length; done += PART) {
      int end = Math.min(length, done + PART);
      upload(done, Arrays.copyOfRange(values, done, end));
    }
  }

  /** Sets the entries from {@code first} on. */
  void upload(long first, float[] values) {
    try (INDArray staged = Nd4j.createUninitializedDetached(DataType.FLOAT, values.length)) {
      staged.data().setData(values);
      flat(flat, first, values.length).assign(staged);
    }
  }

  @Override
  protected void load(float[] values, int length) {
    System.arraycopy(flat.toFloatVector(), 0, values, 0, length);
  }

  @Override
  protected void free() {
    array.close();
  }
}
