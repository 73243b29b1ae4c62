package org.phasemap.theory.width;

/**
 * Entries of a symmetric m × m kernel in a row: the diagonal, then, where they are wanted, all
 * pairs.
 */
final class KernelEntries {
  private final int inputs;

  /** Of each entry, the larger index first. */
  private final int[][] indices;

  private KernelEntries(int inputs, int size) {
    this.inputs = inputs;
    indices = new int[size][];
    for (int a = 0; a < inputs; a++) {
      indices[a] = new int[] {a, a};
      for (int b = 0; b < a && size > inputs; b++) {
        indices[of(a, b)] = new int[] {a, b};
      }
    }
  }

  static KernelEntries diagonal(int inputs) {
    return new KernelEntries(inputs, inputs);
  }

  static KernelEntries all(int inputs) {
    return new KernelEntries(inputs, inputs * (inputs + 1) / 2);
  }

  /** Number of inputs, m. */
  int inputs() {
    return inputs;
  }

  /** Number of entries: m or m(m + 1)/2. */
  int size() {
    return indices.length;
  }

  boolean hasPairs() {
    return size() > inputs;
  }

  /** Where a pair stands. */
  int of(int a, int b) {
    int high = Math.max(a, b);
    return a == b ? a : inputs + high * (high - 1) / 2 + Math.min(a, b);
  }

  /** The larger index of an entry. */
  int first(int entry) {
    return indices[entry][0];
  }

  /** The smaller one. */
  int second(int entry) {
    return indices[entry][1];
  }
}
