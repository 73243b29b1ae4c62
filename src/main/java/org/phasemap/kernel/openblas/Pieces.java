package org.phasemap.kernel.openblas;

/**
 * How a product of matrices is cut. Up to {@link #SMALL} multiplications OpenBLAS's AVX-512 kernels
 * do not pack the factors first, which takes as long as a product whose short sides are short.
 *
 * @param rows of the result in a piece, the last may have fewer
 * @param columns of the result, likewise
 * @param inner what is summed over, likewise
 */
record Pieces(int rows, int columns, int inner) {
  private static final double SMALL = 1e6;

  /** Entries spanned by the two shorter sides from which packing pays. */
  private static final int PACKED = 64 * 256;

  /** The same where the first factor is transposed, for which unpacked products are slower. */
  private static final int PACKED_TRANSPOSED = 32 * 32;

  /** Entries of a vector register. */
  private static final int VECTOR = 16;

  /**
   * Of a product.
   *
   * @param transposed whether the first factor is
   */
  static Pieces of(boolean transposed, int rows, int columns, int inner) {
    Pieces whole = new Pieces(rows, columns, inner);
    boolean packs = whole.face() > (transposed ? PACKED_TRANSPOSED : PACKED);
    return packs ? whole : whole.cut();
  }

  private long face() {
    int longest = Math.max(inner, Math.max(rows, columns));
    return (long) ((double) rows * columns * inner / longest);
  }

  private Pieces cut() {
    if ((double) rows * columns * inner <= SMALL) {
      return this;
    }
    if (inner >= Math.max(rows, columns)) {
      return new Pieces(rows, columns, half(inner)).cut();
    }
    return columns >= rows
        ? new Pieces(rows, half(columns), inner).cut()
        : new Pieces(half(rows), columns, inner).cut();
  }

  private static int half(int length) {
    return (length / 2 + VECTOR - 1) / VECTOR * VECTOR;
  }
}
