package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What command lines that are not understood come to. */
class WrongUseTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          status r --verfy       | option: --verfy is not allowed; did you mean --verify? allowed: *
          sweep x --quite=1      | option: --quite is not allowed; did you mean --quiet? allowed: *
          plan x --executor 4    | option: --executor is not allowed; did you mean --executors? *
          -x                     | option: -x is not allowed; allowed: those of --help
          --hlep                 | option: --hlep is not allowed; did you mean --help? *
          list --format jsn      | --format: jsn is not allowed; did you mean json? allowed: table, csv, json
          sweep x --progress no  | --progress: no is not allowed; allowed: bar, json
          boundaries r --show x  | --show: x is not allowed; allowed: columns, collapse
          serve --port x         | --port: x is not allowed; allowed: a whole number
          query r s --timeout 1x | --timeout: 1x is not allowed; allowed: a whole number
          boundaries r --threshold a | --threshold: a is not allowed; allowed: a number
          sweep x y              | argument: y is one too many; allowed: SPEC
          doctor now             | argument: now is one too many; allowed: none
          sweep                  | SPEC: is missing
          theory maps            | --activation, --sigma-w2, --depth: are missing
          plan x --cores 2       | --executors: is missing
          report r --map         | --map: has no value; allowed: --map=QUANTITY
          query r s --format csv --format csv | --format: is given several times; allowed: once
          completion bsh         | SHELL: bsh is not allowed; did you mean bash? allowed: bash, zsh, fish
          """)
  void oneMessageSaysWhatIsWrongAndWhatIsAllowed(String line, String message) {
    Ran ran = Ran.of(line.split(" "));

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    String first = ran.err().lines().findFirst().orElse("");
    if (message.endsWith("*")) {
      assertThat(first).startsWith("phasemap: " + message.replace("*", ""));
    } else {
      assertThat(first).isEqualTo("phasemap: " + message);
    }
    assertThat(ran.err().lines().skip(1)).allMatch(help -> help.startsWith("Try 'phasemap "));
  }

  /** With the same words as {@code --help}. */
  @Test
  void commandsOfCommandsShowTheirHelp() {
    for (String command : new String[] {"theory", "baseline"}) {
      Ran ran = Ran.of(command);
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err()).isEqualTo(Ran.of(command, "--help").out());
    }
    assertThat(Ran.of().exitCode()).isEqualTo(2);
    assertThat(Ran.of("--help").out()).contains("Exit codes:\n  0   done\n");
  }
}
