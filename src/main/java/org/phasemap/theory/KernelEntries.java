package org.phasemap.theory;

/**
 * Entries of a symmetric m × m kernel in a row: the diagonal, then, where they are wanted, all
 * pairs.
 *
 * @param inputs m
 * @param size number of entries: m or m(m + 1)/2
 */
record KernelEntries(int inputs, int size) {
  static KernelEntries diagonal(int inputs) {
    return new KernelEntries(inputs, inputs);
  }

  static KernelEntries all(int inputs) {
    return new KernelEntries(inputs, inputs * (inputs + 1) / 2);
  }

  boolean hasPairs() {
    return size > inputs;
  }

  /** Where a pair stands. */
  int of(int a, int b) {
    int high = Math.max(a, b);
    return a == b ? a : inputs + high * (high - 1) / 2 + Math.min(a, b);
  }

  /** The larger index of an entry. */
  int first(int entry) {
    int a = entry;
    if (entry >= inputs) {
      a = 1;
      while (inputs + a * (a + 1) / 2 <= entry) {
        a++;
      }
    }
    return a;
  }

  /** The smaller one. */
  int second(int entry) {
    int a = first(entry);
    return entry < inputs ? entry : entry - inputs - a * (a - 1) / 2;
  }
}
