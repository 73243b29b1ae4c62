package org.phasemap.kernel;

/** The words of a stream in the order of its blocks, written plainly. */
final class PhiloxWords {
  private PhiloxWords() {}

  /** The first {@code count} words. */
  static int[] of(Stream stream, int count) {
    int[] start = Philox.start(stream);
    int[] words = new int[count];
    long[][] c = new long[4][Philox.BATCH];
    for (int first = 0; first < count; first += 4 * Philox.BATCH) {
      Philox.encrypt(start, first / 4L, c[0], c[1], c[2], c[3]);
      for (int i = 0; i < Math.min(4 * Philox.BATCH, count - first); i++) {
        words[first + i] = (int) c[i % 4][i / 4];
      }
    }
    return words;
  }
}
