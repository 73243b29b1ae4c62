package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.mkl.global.mkl_rt.VSL_BRNG_PHILOX4X32X10;
import static org.bytedeco.mkl.global.mkl_rt.VSL_RNG_METHOD_UNIFORMBITS32_STD;
import static org.bytedeco.mkl.global.mkl_rt.viRngUniformBits32;
import static org.bytedeco.mkl.global.mkl_rt.vslDeleteStream;
import static org.bytedeco.mkl.global.mkl_rt.vslNewStreamEx;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HexFormat;
import java.util.regex.Pattern;
import org.bytedeco.mkl.global.mkl_rt.VSLStreamStatePtr;
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
    long[][] c = new long[4][Philox.BATCH];
    for (int i : new int[] {0, 1, Philox.BATCH - 1}) {
      for (int w = 0; w < 4; w++) {
        c[w][i] = Integer.toUnsignedLong(counters[w]);
      }
    }
    Philox.encrypt(keys[0], keys[1], c[0], c[1], c[2], c[3]);
    for (int i : new int[] {0, 1, Philox.BATCH - 1}) {
      assertThat(new int[] {(int) c[0][i], (int) c[1][i], (int) c[2][i], (int) c[3][i]})
          .containsExactly(words(cipher));
    }
  }

  @Test
  void vslDrawsTheSameWordsFromTheSameKeyAndCounter() {
    assumeTrue(Kernels.fastest() == Backend.MKL);
    for (long seed : new long[] {0, 1, -1, 0x0123456789abcdefL}) {
      Stream stream = new Stream(seed, 77, 1234, Stream.Purpose.READOUT_MASK);
      int[] start = Philox.start(stream);
      int[] vsl = new int[4 * Philox.BATCH];
      VSLStreamStatePtr state = new VSLStreamStatePtr();
      vslNewStreamEx(state, VSL_BRNG_PHILOX4X32X10, start.length, start);
      viRngUniformBits32(VSL_RNG_METHOD_UNIFORMBITS32_STD, state, vsl.length, vsl);
      vslDeleteStream(state);
      assertThat(PhiloxWords.of(stream, vsl.length)).containsExactly(vsl);
    }
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
