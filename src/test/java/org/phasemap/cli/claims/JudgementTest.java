package org.phasemap.cli.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.UserException;

/** Rules, numbers, and files of claims. */
class JudgementTest {
  @TempDir private Path folder = Path.of("");

  private static final Figure FIGURE = new Figure("x", "a number", null, null, 0, null);

  private static Verdict verdict(String when, double value, double error, double theory) {
    Claim claim =
        new Claim(
            "C99",
            "x is so",
            List.of(FIGURE),
            List.of(new Ruling(Verdict.TRUE, when, ""), new Ruling(Verdict.FALSE, "true", "")));
    return Judgement.of(claim, List.of(new Measured(FIGURE, value, error, theory)))
        .ruling()
        .verdict();
  }

  @Test
  void agreementIsWithinFourStandardErrors() {
    assertThat(verdict("agrees(x)", 1.39, 0.1, 1)).isEqualTo(Verdict.TRUE);
    assertThat(verdict("agrees(x)", 1.41, 0.1, 1)).isEqualTo(Verdict.FALSE);
    assertThat(verdict("agrees(x, 0.05)", 1.44, 0.1, 1)).isEqualTo(Verdict.TRUE);
    assertThat(verdict("x > 1 and x_error < 0.2 and x_theory = 1", 1.1, 0.1, 1))
        .isEqualTo(Verdict.TRUE);
  }

  /** Nothing holds of a number that is missing, whichever side it stands on. */
  @Test
  void whatWasNotMeasuredDecidesNothing() {
    assertThat(verdict("x > 0", Double.NaN, 0.1, 1)).isEqualTo(Verdict.FALSE);
    assertThat(verdict("x < 0", Double.NaN, 0.1, 1)).isEqualTo(Verdict.FALSE);
    assertThat(verdict("agrees(x)", 1, Double.NaN, 1)).isEqualTo(Verdict.FALSE);
    assertThat(verdict("agrees(x)", 1, 0.1, Double.NaN)).isEqualTo(Verdict.FALSE);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2346, 0.0123, 1.235 ± 0.012",
    "-120.4, 3.21, -120.4 ± 3.2",
    "0.0000123, 0.0000021, 1.23e-05 ± 2.1e-06",
    "1024.7, 31, 1025 ± 31",
    "0.123456, 0, 0.1235",
    "0, 0, 0",
    "3.4e38, 0, 3.400e+38",
    "-1e-8, 1e-5, 0 ± 1.0e-05",
    "0.01, 0.5, 0 ± 0.50",
  })
  void numbersHaveTheDigitsThatTheirErrorsLeave(double value, double error, String shown) {
    assertThat(Numbers.withError(value, error)).isEqualTo(shown);
  }

  /** What float32 cannot tell apart is no difference, and no deviation from theory. */
  @Test
  void roundingIsNoNumber() {
    Figure paired = new Figure("x", "a difference", null, "0", 1e-5, null);
    Measured measured = new Measured(paired, 4.1e-7, 2.7e-8, 0);
    assertThat(measured.shown()).isEqualTo("0 ± 1.0e-05");
    assertThat(measured.apart()).isEqualTo("0.0");
    assertThat(new Measured(paired, -4.1e-7, 0, 0).apart()).isEqualTo("0.0");
    assertThat(new Measured(paired, 0.25, 3e-3, 0).shown()).isEqualTo("0.2500 ± 0.0030");
    assertThat(new Measured(paired, Double.NaN, Double.NaN, 0).shown()).isEqualTo("–");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "verdicts: [{verdict: maybe, says: x}] | 'maybe' is not allowed",
        "verdicts: [{verdict: 'true', when: x > 1, says: x}] | the last has a condition",
        "sweeep: x, verdicts: [{verdict: 'true', says: x}] | did you mean sweep?",
        "figures: [{name: x, shows: y, sweep: z}], verdicts: [{verdict: 'true', says: x}]"
            + " | has 0 measurements",
        "figures: [{name: x, shows: y, mean: c}], verdicts: [{verdict: 'true', says: x}]"
            + " | sweep: is missing",
      })
  void mistakesAreOneMessage(String claim, String message) throws IOException {
    Path file = folder.resolve("claims.yaml");
    Files.writeString(file, "title: t\nabout: a\nclaims: [{id: C01, says: s, " + claim + "}]\n");
    assertThatThrownBy(() -> ClaimsReader.folder(folder))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ":3: claims[0]")
        .hasMessageContaining(message);
  }
}
