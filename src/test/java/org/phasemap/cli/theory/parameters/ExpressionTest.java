package org.phasemap.cli.theory.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final Map<String, Double> SYMBOLS = Map.of("l", 4.0, "L", 16.0, "q*", 0.5);

  @ParameterizedTest
  @CsvSource({
    "-1e-3, -0.001",
    "1/3, 0.3333333333333333",
    "2/3/4, 0.16666666666666666",
    "3q*, 1.5",
    "3 * q*, 1.5",
    "1/sqrt(L), 0.25",
    "1/2L, 0.03125",
    "1/2*L, 8",
    "L^-0.75, 0.125",
    "1/l**0.5, 0.5",
    "2 l ^ 2, 32",
    "1/(l*sqrt(L)), 0.0625",
    "sqrt(1/l), 0.5",
    "L^(1/2), 4",
    "L^(-1/2), 0.25"
  })
  void values(String text, double expected) {
    assertThat(Expression.evaluate(text, SYMBOLS)).isCloseTo(expected, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1/", "x", "(1", "1)", "1//2", "2^", "sqrt(L", "0x1p3", "1,5", "l+1"})
  void othersAreRefused(String text) {
    assertThatThrownBy(() -> Expression.evaluate(text, SYMBOLS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a number: '" + text + "'");
  }
}
