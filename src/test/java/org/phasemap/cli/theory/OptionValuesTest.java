package org.phasemap.cli.theory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OptionValuesTest {
  private static OptionValues of(String text) {
    return OptionValues.parse("--sigma-w2", text, Allowed.NOT_NEGATIVE);
  }

  @Test
  void rangesIncludeBothEndsAndAreDecimal() {
    assertThat(of("0.1:0.5:0.1").values()).containsExactly(0.1, 0.2, 0.3, 0.4, 0.5);
    assertThat(of("0.5:4:0.05").values()).hasSize(71).endsWith(3.95, 4.0).contains(1.15);
    assertThat(of("0:1:0.4").values()).containsExactly(0.0, 0.4, 0.8);
    assertThat(of("2:2:1").values()).containsExactly(2.0);
  }

  @Test
  void listsMayHoldRanges() {
    OptionValues axis = of("4,1,2:3:0.5");

    assertThat(axis.values()).containsExactly(4.0, 1.0, 2.0, 2.5, 3.0);
    assertThat(axis.name()).isEqualTo("sigma_w2");
  }

  @Test
  void aMillionValuesAreAllowed() {
    assertThat(of("1:1000000:1").values()).hasSize(1_000_000);
  }
}
