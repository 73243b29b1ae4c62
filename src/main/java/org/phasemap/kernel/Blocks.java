package org.phasemap.kernel;

/**
 * Matrices of one shape side by side in one: block k is {@code columns} columns of {@code all} from
 * k · stride on. What stands between two blocks has no meaning.
 *
 * @param all rows × (count · stride)
 * @param columns of a block
 * @param stride columns from the start of a block to that of the next
 */
public record Blocks(Matrix all, int columns, int stride) {
  /** Floats of a cache line. */
  static final int LINE = 16;

  public Blocks {
    if (columns < 1 || stride < columns || all.columns() % stride != 0) {
      throw new IllegalArgumentException(
          "Cannot cut %s into blocks of %d columns, %d apart".formatted(all, columns, stride));
    }
  }

  /** A matrix as its only block. */
  public static Blocks of(Matrix matrix) {
    return new Blocks(matrix, matrix.columns(), matrix.columns());
  }

  /** Rows of a block. */
  public int rows() {
    return all.rows();
  }

  /** How many blocks there are. */
  public int count() {
    return all.columns() / stride;
  }

  /** Entries from the start of a block to that of the next. */
  public int step() {
    return Math.multiplyExact(rows(), stride);
  }

  /** Whether other blocks have the shape and the number of these. */
  public boolean isLike(Blocks other) {
    return rows() == other.rows() && columns == other.columns && count() == other.count();
  }

  /** One block, sharing its memory. */
  public Matrix block(int k) {
    return all.view(k * stride, columns);
  }

  /** The blocks from {@code first} on, sharing their memory. */
  public Blocks view(int first, int count) {
    return new Blocks(all.view(first * stride, count * stride), columns, stride);
  }
}
