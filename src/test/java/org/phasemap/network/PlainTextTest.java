package org.phasemap.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  /** Escape, delete, next line, C1's control sequence introducer, right-to-left override. */
  @ParameterizedTest
  @ValueSource(strings = {"\u001b", "\u007f", "\u0085", "\u009b", "\u202e", "\r"})
  void whatATerminalTakesForACommandBecomesAQuestionMark(String character) {
    assertThat(PlainText.of("a" + character + "b")).isEqualTo("a?b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"σ_w² = 1,8", "a\tb\nc", "中文", "🙂"})
  void othersStay(String text) {
    assertThat(PlainText.of(text)).isEqualTo(text);
  }
}
