package org.phasemap.cli.theory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {
  private static final String FORM = " as a value, a list 1,2,4 or a range from:to:step";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sigma-w2 -1           | --sigma-w2: -1 is not allowed; allowed: finite numbers >= 0~
          --sigma-w2 NaN          | --sigma-w2: NaN is not allowed; allowed: finite numbers >= 0~
          --sigma-w2 1e999        | --sigma-w2: 1e999 is not allowed; allowed: finite numbers >= 0~
          --sigma-w2 1,           | --sigma-w2: an empty value is not allowed; allowed: finite numbers >= 0~
          --sigma-w2 1:2          | --sigma-w2: 1:2 is not allowed; allowed: finite numbers >= 0~
          --sigma-w2 1:2:0        | --sigma-w2: 1:2:0 is not allowed; allowed: from:to:step with from <= to and step > 0
          --sigma-w2 1:2:-1       | --sigma-w2: 1:2:-1 is not allowed; allowed: from:to:step with from <= to and step > 0
          --sigma-w2 2:1:0.1      | --sigma-w2: 2:1:0.1 is not allowed; allowed: from:to:step with from <= to and step > 0
          --sigma-w2 0:1:1e-7     | --sigma-w2: 0:1:1e-7 has more values than allowed; allowed: at most 1000000
          --sigma-b2 -0.1         | --sigma-b2: -0.1 is not allowed; allowed: finite numbers >= 0~
          --keep-probability 0    | --keep-probability: 0 is not allowed; allowed: numbers above 0, at most 1~
          --keep-probability 1.5  | --keep-probability: 1.5 is not allowed; allowed: numbers above 0, at most 1~
          --dropout-keep 0        | --dropout-keep: 0 is not allowed; allowed: numbers above 0, at most 1~
          --dropout 1.5           | --dropout: 1.5 is not allowed; allowed: numbers above 0, at most 1~
          --dropout=0.5,x         | --dropout: x is not allowed; allowed: numbers above 0, at most 1~
          --c0 1.5                | --c0: 1.5 is not allowed; allowed: numbers from -1 to 1~
          --q0 0                  | --q0: 0 is not allowed; allowed: finite numbers > 0~
          --depth 0               | --depth: 0 is not allowed; allowed: whole numbers from 1 to 100000~
          --depth 1:2:0.5         | --depth: 1:2:0.5 is not allowed; allowed: whole numbers from 1 to 100000~
          --start here            | --start: here is not allowed; allowed: inputs, pre_activations
          --depth 1:2000:1 --q0 1:1000:1 | the options ask for 2000000 rows; allowed: at most 1000000
          """)
  void mapsRefusesWithOneMessage(String option, String message) {
    String line = "maps --activation tanh " + option;
    line += option.contains("--sigma-w2") ? "" : " --sigma-w2 1";
    line += option.contains("--depth") ? "" : " --depth 3";

    assertRefused(Outcome.of(line), message.replace("~", FORM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ntk --activation tanh --sigma-w2 1 --depth 2 --inputs 5 --c0 -0.5 | --c0: -0.5 is not allowed with --inputs 5; allowed: numbers from -0.25 to 1
          dual --activation tanh --q 1 --c -1.1 | --c: -1.1 is not allowed; allowed: numbers from -1 to 1~
          finite-width --activation tanh --sigma-w2 1 --depth 2 --width 0 | --width: 0 is not allowed; allowed: whole numbers from 1 to 1000000000~
          finite-width --activation tanh --sigma-w2 1 --depth 2 --width 9 --weights round | --weights: round is not allowed; allowed: normal, uniform, truncated, orthogonal
          critical --activation tanh --keep-probability 1,0.5 --plot x.svg | --keep-probability: 1,0.5 is not allowed with --plot; allowed: one value
          critical --activation tanh --plot no/such/folder/x.svg | --plot: no/such/folder/x.svg cannot be written; allowed: a file in a folder that exists
          check no-such.csv | no-such.csv: no such file
          """)
  void othersRefuseWithOneMessage(String line, String message) {
    assertRefused(Outcome.of(line), message.replace("~", FORM));
  }

  @ParameterizedTest
  @CsvSource({"maps --sigma-w2 1 --depth 2", "critical", "dual --q 1"})
  void unknownActivationsAreRefusedWithTheNames(String line) {
    Outcome outcome = Outcome.of(line + " --activation tanhh");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith(
            "phasemap: --activation: tanhh is not allowed; did you mean tanh? allowed: linear,");
    assertThat(outcome.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"maps,--sigma-w2 1 --depth 2", "critical,--sigma-b2 0"})
  void missingOptionsPointToTheHelp(String command, String options) {
    Outcome outcome = Outcome.of(command + " " + options);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "phasemap: --activation: is missing\nTry 'phasemap theory " + command + " --help'.\n");
  }

  private static void assertRefused(Outcome outcome, String message) {
    assertThat(outcome.err()).isEqualTo("phasemap: " + message + "\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
  }
}
