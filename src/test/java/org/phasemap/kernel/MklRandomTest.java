package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MklRandomTest {
  @Test
  void drawsTheWordsOfPhilox() {
    for (long seed : new long[] {0, 1, -1, 0x0123456789abcdefL}) {
      Stream stream = new Stream(seed, 77, 1234, Stream.Purpose.READOUT_MASK);
      int[] mkl = new int[1001];
      int[] java = new int[1001];
      MklRandom.words(stream, mkl);
      Philox.words(stream, java);
      assertThat(mkl).containsExactly(java);
    }
  }
}
