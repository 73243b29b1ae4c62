package org.phasemap.cli.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.cli.theory.architecture.ArchitectureKey;
import org.phasemap.cli.theory.architecture.ArchitectureKeys;
import org.phasemap.cli.theory.architecture.Parameter;

/** docs/theory-architectures.md has a section and a table for each family of keys. */
class ArchitectureDocTest {
  private static final Path DOCUMENT = Path.of("docs/theory-architectures.md");
  private static final String HEADER = "| key | parameters (default) | what it is |";
  private static final String COMMAND = "    jobs/phasemap theory ";

  /** Writes the tables with {@code -Dphasemap.docs=write}. */
  @Test
  void everyFamilyHasItsTable() throws IOException {
    String document = Files.readString(DOCUMENT);
    String written = written(document);
    if ("write".equals(System.getProperty("phasemap.docs"))) {
      Files.writeString(DOCUMENT, written);
      return;
    }
    assertThat(document).isEqualTo(written);
  }

  private static String written(String document) {
    Map<String, List<ArchitectureKey>> families =
        ArchitectureKeys.all().stream()
            .collect(
                Collectors.groupingBy(
                    ArchitectureKey::family, LinkedHashMap::new, Collectors.toList()));
    List<String> lines = new ArrayList<>();
    String section = "";
    for (String line : document.lines().toList()) {
      section = line.startsWith("## ") ? line.substring(3) : section;
      if (!line.startsWith("|") || !families.containsKey(section)) {
        lines.add(line);
      } else if (line.equals(HEADER)) {
        lines.add(HEADER);
        lines.add("|---|---|---|");
        families.get(section).forEach(key -> lines.add(row(key)));
      }
    }
    assertThat(document.lines().filter(HEADER::equals)).hasSameSizeAs(families.keySet());
    return String.join("\n", lines) + "\n";
  }

  private static String row(ArchitectureKey key) {
    String parameters =
        key.parameters().stream().map(Parameter::shown).collect(Collectors.joining(", "));
    return "| `"
        + key.name()
        + "` | "
        + parameters
        + " | "
        + key.meaning().replace("|", "\\|")
        + " |";
  }

  static List<String> commands() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .filter(line -> line.startsWith(COMMAND + "architecture "))
        .map(line -> line.substring(COMMAND.length()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theExamplesWork(String command) {
    Outcome outcome = Outcome.of(command);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void valuesComeWithTheirSource() {
    Outcome outcome =
        Outcome.of(
            "architecture norm_chi activation=relu,tanh sigma_w2=2 order=before norm=layer"
                + " --format csv");

    assertThat(outcome.lines().get(0))
        .isEqualTo("key,activation,sigma_w2,order,norm,value,meaning,source");
    assertThat(outcome.number("value", 1)).isEqualTo(1);
    assertThat(outcome.number("value", 2)).isBetween(1.17, 1.18);
    assertThat(outcome.out()).contains("Doshi et al. 2023");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          norm_chii | KEY: norm_chii is not allowed; did you mean norm_chi? allowed: those of 'theory architecture'
          fixup_scale blocks | blocks is not allowed; allowed: NAME=VALUE
          fixup_scale blocks=3 blocks=4 | blocks=4: the parameter is given twice
          fixup_scale blocks=3 | fixup_scale: layers_per_branch is missing; allowed: whole numbers >= 1
          fixup_scale blocks=3 layers_per_branch=2.5 | fixup_scale: layers_per_branch=2.5; allowed: whole numbers >= 1
          fixup_scale blocks=3 layers_per_branch=1 | fixup_scale: Fixup has no scale for branches of one layer, which it sets to 0
          fixup_scale blocks=3 layers_per_branch=2 width=4 | fixup_scale: width=4 is no parameter of this key; its parameters: blocks, layers_per_branch
          """)
  void badInputIsOneMessage(String command, String message) {
    Outcome outcome = Outcome.of("architecture " + command);

    assertThat(outcome.err()).isEqualTo("phasemap: " + message + "\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
