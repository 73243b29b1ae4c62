package org.phasemap.kernel.openblas;

/**
 * Places for the columns of blocks among those of a wide matrix. OpenBLAS's kernels for AVX2 take
 * twelve columns at a time and round the first six in another way than the last six: the first half
 * of every block goes to the one kind of place, the rest to the other, so that a block's products
 * do not depend on where it stands.
 *
 * @param columns of a block
 * @param blocks that fit
 */
record Interleaving(int columns, int blocks) {
  static final int PERIOD = 12;
  private static final int KIND = PERIOD / 2;

  /** Where packing the other factor costs little. */
  private static final int MOST = 22 * PERIOD;

  /** Of as many of {@code count} blocks as make a wide product. */
  static Interleaving of(int columns, int count) {
    int half = (columns + 1) / 2;
    return new Interleaving(columns, Math.max(1, Math.min(count, MOST / 2 / half)));
  }

  /** Columns of the wide matrix. */
  int width() {
    return PERIOD * ((blocks * half() + KIND - 1) / KIND);
  }

  /** Columns of a block that stand side by side also in the wide matrix. */
  interface Run {
    void accept(int block, int column, int place, int length);
  }

  /** Goes through all columns of the first {@code count} blocks. */
  void forEachRun(int count, Run run) {
    for (int block = 0; block < count; block++) {
      int length;
      for (int column = 0; column < columns; column += length) {
        int kind = column < half() ? 0 : 1;
        int index = index(block, column);
        int end = kind == 0 ? half() : columns;
        length = Math.min(end - column, KIND - index % KIND);
        run.accept(block, column, index / KIND * PERIOD + kind * KIND + index % KIND, length);
      }
    }
  }

  /** Its number among those of its kind. */
  private int index(int block, int column) {
    return block * half() + column % half();
  }

  private int half() {
    return (columns + 1) / 2;
  }
}
