package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {
  /** {@code kat_vectors} of Random123 1.14: counter, key, cipher of philox4x32-10. */
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1",
  })
  void encryptsThePublishedVectors(String counter, String key, String cipher) {
    int[] block = words(counter);
    Philox.encrypt(words(key)[0], words(key)[1], block);
    assertThat(block).containsExactly(words(cipher));
  }

  @Test
  void differentNamesDifferInKeyOrCounter() {
    Stream one = new Stream(5, 1, 2, Stream.Purpose.WEIGHTS);
    assertThat(Philox.start(one)).containsExactly(5, 0, 0, 0, 1, 512);
    assertThat(Philox.start(new Stream(1L << 32, 1, 2, Stream.Purpose.WEIGHTS)))
        .containsExactly(0, 1, 0, 0, 1, 512);
    assertThat(Philox.start(new Stream(5, -1, 0, Stream.Purpose.MASK)))
        .containsExactly(5, 0, 0, 0, -1, 2);
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
