package org.phasemap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErfTest {
  /** Twenty digits from Abramowitz and Stegun, table 7.1, and DLMF 7.23. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.11246291601828489220",
    "0.5, 0.52049987781304653768",
    "1, 0.84270079294971486934",
    "2, 0.99532226501895273416",
    "-0.5, -0.52049987781304653768"
  })
  void erfIsExactToRounding(double x, double value) {
    assertThat(Erf.erf(x)).isCloseTo(value, within(2e-15));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 4.6777349810472658379e-3",
    "2.5, 4.0695201744495893956e-4",
    "3, 2.2090496998585441373e-5",
    "5, 1.5374597944280348502e-12",
    "10, 2.0884875837625447570e-45"
  })
  void theTailKeepsItsDigits(double x, double value) {
    assertThat(Erf.erfc(x) / value).isCloseTo(1, within(1e-12));
    assertThat(Erf.erfcx(x) * Math.exp(-x * x) / value).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"-8, 6.2209605742717841235e-16", "-3, 1.3498980316300945267e-3", "0, 0.5"})
  void theNormalLawKeepsItsLeftTail(double x, double value) {
    assertThat(Erf.normalCdf(x) / value).isCloseTo(1, within(1e-12));
  }
}
