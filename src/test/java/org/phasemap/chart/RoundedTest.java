package org.phasemap.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundedTest {
  @ParameterizedTest
  @CsvSource({
    "0, 3, 0",
    "-0.0, 3, 0",
    "1200, 2, 1200",
    "1250, 2, 1300",
    "0.12345, 4, 0.1235",
    "-2.5, 1, -3",
    "9.9996, 4, 10",
    "0.1, 4, 0.1",
    "123456, 2, 120000",
    "1234567, 2, 1.2E+6",
    "4.9E-324, 3, 4.9E-324",
    "1.7976931348623157E308, 4, 1.798E+308",
    "64, 9, 64",
  })
  void numbersAreAsShortAsTheirDigits(double value, int digits, String text) {
    assertThat(Rounded.text(value, digits)).isEqualTo(text);
  }

  @Test
  void theyAreTheDecimalsThatJavaRoundsTo() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      int digits = 1 + random.nextInt(9);
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
      if (i % 2 == 0) { // Halves, and what is next to them.
        String half = (1 + random.nextInt(9999)) + "5e" + (random.nextInt(20) - 15);
        value = Double.parseDouble(half) + (i % 3 - 1) * Math.ulp(Double.parseDouble(half));
      }
      BigDecimal exact = BigDecimal.valueOf(value).round(new MathContext(digits));
      assertThat(new BigDecimal(Rounded.text(value, digits)))
          .as("%s to %d digits", value, digits)
          .isEqualByComparingTo(exact);
    }
  }
}
