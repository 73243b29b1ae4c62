package org.phasemap.kernel;

import java.util.Arrays;

/** The words of a stream in the order of its blocks, written plainly. */
final class PhiloxWords {
  private PhiloxWords() {}

  /** The first {@code count} words. */
  static int[] of(Stream stream, int count) {
    int[] start = Philox.start(stream);
    int[] words = new int[count];
    long[][] c = new long[4][Philox.BATCH];
    for (int first = 0; first < count; first += 4 * Philox.BATCH) {
      for (int i = 0; i < Philox.BATCH; i++) {
        c[0][i] = first / 4L + i;
      }
      Arrays.fill(c[1], 0);
      Arrays.fill(c[2], Integer.toUnsignedLong(start[4]));
      Arrays.fill(c[3], Integer.toUnsignedLong(start[5]));
      Philox.encrypt(start[0], start[1], c[0], c[1], c[2], c[3]);
      for (int i = 0; i < Math.min(4 * Philox.BATCH, count - first); i++) {
        words[first + i] = (int) c[i % 4][i / 4];
      }
    }
    return words;
  }
}
