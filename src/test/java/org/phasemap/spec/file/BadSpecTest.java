package org.phasemap.spec.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.UserException;

/**
 * Each mistake in a spec has its message. bad-specs.txt holds them: a case, its YAML, the message.
 */
class BadSpecTest {
  static final Path CASES = Path.of("src/test/resources/org/phasemap/spec/bad-specs.txt");

  static Stream<Arguments> cases() throws IOException {
    return Stream.concat(
        Arrays.stream(Files.readString(CASES).split("(?m)^### ")).skip(1).map(BadSpecTest::written),
        Stream.of(
            arguments(
                "a tab for indentation",
                "name: t\nnetwork:\n\tdepth: 8\n",
                "x.yaml:3: not valid YAML: found character '\\t(TAB)' that cannot start any token."
                    + " (Do not use \\t(TAB) for indentation)"),
            arguments(
                "a control character",
                "name: t\n# \u0007\n",
                "x.yaml:2: not valid YAML: it holds the character U+0007"),
            arguments(
                "a binary file",
                "\u0000\u0001PNG\n",
                "x.yaml:1: not valid YAML: it holds the character U+0000"),
            arguments("an empty file", "", empty()),
            arguments("nothing but a comment", "# name: t\n", empty()),
            arguments(
                "a name of two lines",
                "name: \"a\\nb\"\nnetwork: {}\n",
                "x.yaml:1: name: 'a\\u000ab' is not allowed; allowed: "
                    + SpecFormat.NAME.type().allowed()),
            arguments(
                "a name of 101 characters",
                "name: " + "n".repeat(101) + "\n",
                "x.yaml:1: name: '"
                    + "n".repeat(80)
                    + "…' is not allowed; allowed: "
                    + SpecFormat.NAME.type().allowed()),
            arguments(
                "a number of a thousand digits",
                "name: t\nseed: " + "1".repeat(1000) + "\n",
                "x.yaml:2: seed: "
                    + "1".repeat(80)
                    + "… is not allowed; allowed: whole numbers from -9223372036854775808 to"
                    + " 9223372036854775807"),
            arguments(
                "a field's name without end",
                "? " + "k".repeat(201) + "\n: 1\n",
                "x.yaml:1: '" + "k".repeat(80) + "…' is no field's name; allowed: shorter names")));
  }

  private static String empty() {
    return "x.yaml: is empty; allowed: " + SpecFormat.ROOT.allowed();
  }

  private static Arguments written(String text) {
    int name = text.indexOf('\n') + 1;
    int message = text.indexOf("\n>>> ") + 1;
    return arguments(
        text.substring(0, name).strip(),
        text.substring(name, message),
        text.substring(message + 4).strip());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void eachMistakeHasItsMessage(String mistake, String yaml, String message) {
    assertThatThrownBy(() -> SpecReader.parse(yaml, "x.yaml"))
        .as(mistake)
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  @Test
  void theTableIsLong() throws IOException {
    assertThat(cases().map(c -> c.get()[0])).hasSizeGreaterThan(140).doesNotHaveDuplicates();
  }
}
