package org.phasemap.kernel.openblas;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.phasemap.kernel.CheckedKernel;
import org.phasemap.kernel.ColumnMatrix;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.OpenMatrices;

/**
 * Memory of javacpp, aligned for OpenBLAS: results must not depend on where malloc puts a matrix.
 */
final class OpenBlasMatrix extends ColumnMatrix {
  private static final int ALIGNMENT = 64;

  private final OpenBlasMatrix owner;
  private final OpenBlasMemory memory;
  private final OpenBlasMemory.Floats allocation;
  private final Cursor data;

  /** The first entry's place in the allocation. */
  private final long start;

  OpenBlasMatrix(OpenMatrices home, OpenBlasMemory memory, int rows, int columns) {
    super(home, rows, columns);
    this.owner = this;
    this.memory = memory;
    allocation = memory.take(size() + ALIGNMENT / Float.BYTES);
    long address = allocation.pointer().address();
    start = (ALIGNMENT - address % ALIGNMENT) % ALIGNMENT / Float.BYTES;
    data = new Cursor().at(address, start);
  }

  private OpenBlasMatrix(OpenBlasMatrix owner, int first, int count) {
    super(owner, first, count);
    this.owner = owner;
    this.memory = owner.memory;
    this.allocation = owner.allocation;
    start = owner.start + (long) first * owner.rows();
    data = new Cursor().at(allocation.pointer().address(), start);
  }

  /** The first entry. Valid while the owner is open. */
  FloatPointer data() {
    return data;
  }

  @Override
  protected Matrix viewOfOwner(int first, int count) {
    return new OpenBlasMatrix(owner, first, count);
  }

  @Override
  protected void store(float[] values, int length) {
    store(values, 0, length);
  }

  @Override
  protected void load(float[] values, int length) {
    load(0, values, length);
  }

  /** Copies entries, from the {@code first} one on. */
  void load(long first, float[] to, int length) {
    FloatBuffer buffer = allocation.buffer();
    if (buffer == null) {
      new Cursor().at(data.address(), first).get(to, 0, length);
    } else {
      buffer.get((int) (start + first), to, 0, length);
    }
  }

  /** Overwrites entries, from the {@code first} one on. */
  void store(float[] from, long first, int length) {
    FloatBuffer buffer = allocation.buffer();
    if (buffer == null) {
      new Cursor().at(data.address(), first).put(from, 0, length);
    } else {
      buffer.put((int) (start + first), from, 0, length);
    }
  }

  @Override
  protected void free() {
    memory.give(allocation);
  }

  /** A pointer that can be moved without a new object. Owns nothing. */
  static final class Cursor extends FloatPointer {
    Cursor() {
      super((org.bytedeco.javacpp.Pointer) null);
    }

    Cursor at(long base, long entry) {
      address = base + entry * Float.BYTES;
      return this;
    }

    /** Moves to an entry of the k-th block. */
    Cursor at(CheckedKernel.Stack<OpenBlasMatrix> stack, int k, int row, int column) {
      OpenBlasMatrix all = stack.all();
      return at(all.data().address(), (long) k * stack.step() + (long) column * all.rows() + row);
    }
  }

  /** The same for the bits of floats. */
  static final class BitCursor extends IntPointer {
    BitCursor() {
      super((org.bytedeco.javacpp.Pointer) null);
    }

    BitCursor at(long base, long entry) {
      address = base + entry * Integer.BYTES;
      return this;
    }
  }
}
