package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {
  /** {@code kat_vectors} of Random123: counter, key and cipher of philox4x32 with 10 rounds. */
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1",
  })
  void encryptsThePublishedVectors(String counter, String key, String cipher) {
    int[] keys = words(key);
    int[] counters = words(counter);
    int[] start = {keys[0], keys[1], 0, 0, counters[2], counters[3]};
    long first = (long) counters[1] << 32 | Integer.toUnsignedLong(counters[0]);
    assertThat(block(start, first, 0)).containsExactly(words(cipher));
  }

  @Test
  void encryptsABatchOfConsecutiveBlocks() {
    int[] start = {-7, 1 << 31, 0, 0, -1, 12345};
    long first = (5L << 32) + 0xF0000000L;
    for (int i : new int[] {1, 2, 100, Philox.BATCH - 1}) {
      assertThat(block(start, first, i)).containsExactly(block(start, first + i, 0));
    }
  }

  private static int[] block(int[] start, long first, int i) {
    long[][] c = new long[4][Philox.BATCH];
    Philox.encrypt(start, first, c[0], c[1], c[2], c[3]);
    return new int[] {(int) c[0][i], (int) c[1][i], (int) c[2][i], (int) c[3][i]};
  }

  /**
   * The first eight and the last four of 4,096 words that Intel MKL 2025.3 drew (VSL,
   * PHILOX4X32X10, viRngUniformBits32) from the same key and counter.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 26611e39 dd9eb38a 0595465e d7bebefb b4dd7237 fe5aa433 dc868f12 f5750cf7,"
        + " 31519c12 cd2efe65 d18a49d6 a27a645b",
    "1, aa95cfec edf7afa8 a9880c40 cbede180 214013bc 70497115 7d943f49 d6ad0718,"
        + " cf1595f0 e9994337 a84cc9a9 b3626e1f",
    "-1, 8b7512ef 7d5bcd8a 06e85575 e90e750f 1a3dff4f 03415d5d ba99a9ba 42e0b326,"
        + " 6a71d854 bb5c74e0 d23d69bf 76e54cf9",
    "81985529216486895, dc0775e8 0653cb57 c06d34be 1b1ba3ea 85ac4383 94dc5590 4a89a413 ab070c3c,"
        + " a0a23ec2 d3748609 20a5d5a2 498842d5",
  })
  void drawsTheWordsOfVsl(long seed, String first, String last) {
    int[] words = PhiloxWords.of(new Stream(seed, 77, 1234, Stream.Purpose.READOUT_MASK), 4096);
    assertThat(Arrays.copyOf(words, 8)).containsExactly(words(first));
    assertThat(Arrays.copyOfRange(words, 4092, 4096)).containsExactly(words(last));
  }

  @Test
  void differentNamesDifferInKeyOrCounter() {
    assertThat(Philox.start(new Stream(5, 1, 2, Stream.Purpose.WEIGHTS)))
        .containsExactly(5, 0, 0, 0, 1, 512);
    assertThat(Philox.start(new Stream(1L << 32, 1, 2, Stream.Purpose.WEIGHTS)))
        .containsExactly(0, 1, 0, 0, 1, 512);
    assertThat(Philox.start(new Stream(5, -1, 0, Stream.Purpose.MASK)))
        .containsExactly(5, 0, 0, 0, -1, 2);
  }

  @Test
  void everyPurposeHasItsOwnNumber() {
    assertThat(Stream.Purpose.values())
        .extracting(purpose -> Philox.start(new Stream(0, 0, 0, purpose))[5])
        .doesNotHaveDuplicates()
        .allMatch(number -> number >= 0 && number < 256);
  }

  @Test
  void refusesALayerThatDoesNotFit() {
    assertThatThrownBy(() -> Philox.start(new Stream(5, 0, 1 << 24, Stream.Purpose.WEIGHTS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot draw for layer 16777216: must be 0 to 16777215");
  }

  private static int[] words(String hex) {
    return Pattern.compile(" ")
        .splitAsStream(hex)
        .mapToInt(word -> (int) HexFormat.fromHexDigitsToLong(word))
        .toArray();
  }
}
