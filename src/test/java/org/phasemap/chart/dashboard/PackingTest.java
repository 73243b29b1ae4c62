package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PackingTest {
  private static final String TEXT = "0.12345,".repeat(1_000);
  private static final byte[] BODY = TEXT.getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @EnumSource
  void whatIsPackedComesBack(Packing packing) {
    byte[] packed = packing.packed(BODY);
    assertThat(packed).hasSizeLessThan(BODY.length / 10);
    assertThat(packing.unpacked(packed)).isEqualTo(BODY);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "'gzip, deflate, br, zstd', ZSTD, zstd",
        "'gzip, deflate', ZSTD, gzip",
        "'gzip, deflate', GZIP, gzip",
        "'', ZSTD, none",
        "'identity', GZIP, none"
      })
  void aBrowserGetsWhatItTakes(String accepted, Packing own, @Nullable String sent) {
    Answer plain = Answer.of(Json.TYPE, TEXT).with("ETag", "W/\"1\"");
    Answer taken = Packing.taken(own.of(plain), accepted);
    assertThat(taken.header("Content-Encoding")).isEqualTo(sent);
    byte[] body =
        sent == null
            ? taken.body()
            : Packing.valueOf(sent.toUpperCase(Locale.ROOT)).unpacked(taken.body());
    assertThat(body).isEqualTo(BODY);
    assertThat(taken.header("ETag")).isEqualTo("W/\"1\"");
  }

  @ParameterizedTest
  @EnumSource
  void aFewBytesAreSentAsTheyAre(Packing packing) {
    Answer small = Answer.of(Json.TYPE, "{}");
    assertThat(packing.of(small).headers()).isEqualTo(Map.of("Content-Type", Json.TYPE));
  }
}
