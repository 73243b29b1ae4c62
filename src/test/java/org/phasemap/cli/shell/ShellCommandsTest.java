package org.phasemap.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.Ran;
import org.phasemap.network.UserException;
import org.phasemap.plan.Plan;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.spec.file.SpecTemplate;

class ShellCommandsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void versionIsThatOfTheOption() {
    assertThat(Ran.of("version")).isEqualTo(Ran.of("--version"));
    assertThat(Ran.of("version").out()).startsWith("PhaseMap ");
  }

  @Test
  void helpSaysWhatTheOptionSays() {
    assertThat(Ran.of("help")).isEqualTo(Ran.of("--help"));
    assertThat(Ran.of("help", "export")).isEqualTo(Ran.of("export", "--help"));
    assertThat(Ran.of("help", "theory", "maps").out()).contains("Usage: phasemap theory maps");
  }

  @Test
  void aMisspeltCommandIsAskedBack() {
    for (Ran ran : List.of(Ran.of("qurey", "results/x"), Ran.of("help", "qurey"))) {
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err())
          .startsWith("phasemap: COMMAND: qurey is not allowed; did you mean query? allowed: ")
          .hasLineCount(1);
    }
    assertThat(Ran.of("theory", "map").err()).contains("did you mean maps?");
    assertThat(Ran.of("frobnicate").err())
        .startsWith("phasemap: COMMAND: frobnicate is not allowed; allowed: ");
    assertThat(Ran.of("--nonsense").err()).contains("option: --nonsense is not allowed; allowed: ");
    assertThat(Ran.of("plan", "a.yaml", "b.yaml").err()).contains("b.yaml").contains("--help");
  }

  @Test
  void shellsParseTheirCompletions() throws IOException, InterruptedException {
    for (String shell : List.of("bash", "zsh", "fish")) {
      Ran ran = Ran.of("completion", shell);
      assertThat(ran.exitCode()).isZero();
      assertThat(ran.out()).contains("export", "theory", "memory");
      Path script = Files.writeString(folder.resolve(shell), ran.out());
      if (isInstalled(shell)) {
        Process parse = new ProcessBuilder(shell, "-n", script.toString()).inheritIO().start();
        assertThat(parse.waitFor()).as(shell).isZero();
      }
    }
    assertThat(Ran.of("completion", "tcsh").err())
        .isEqualTo("phasemap: SHELL: tcsh is not allowed; allowed: bash, zsh, fish\n");
  }

  private static boolean isInstalled(String tool) {
    return Pattern.compile(":")
        .splitAsStream(System.getenv("PATH"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
  }

  @Test
  void aSpecToStartFromRuns() {
    assertThat(Plan.of(SpecReader.parse(SpecTemplate.of("x"), "x.yaml")).cells()).hasSize(234);
  }

  /** In their defaults, which stand there as comments, nothing is changed. */
  @Test
  void whatStandsInItAsDefaultIsTheDefault() {
    String text = SpecTemplate.of("x");
    String training = text.substring(text.indexOf("#training:"), text.indexOf("# how networks"));
    String inForce =
        text.replace(training, "")
            .replaceAll("(?m)^#  (sigma_w2|architecture|seed|path|label|sha256): .*", "")
            .replaceAll("(?m)^#(?=\\S|  [a-z])", "");

    assertThat(inForce)
        .contains(
            "\nseed: 1\n", "\n  init: he_normal\n", "\nlimits:\n", "\n  max_cells: 1000000\n");
    assertThat(SpecReader.parse(inForce, "x.yaml")).isEqualTo(SpecReader.parse(text, "x.yaml"));
  }

  @Test
  void aNameThatNoSweepMayHaveIsRefused() {
    for (String name : List.of("", "a b", "../x", "x: y")) {
      Ran ran = Ran.of("init", name);
      assertThat(ran.exitCode()).as(name).isEqualTo(2);
      assertThat(ran.err())
          .startsWith("phasemap: NAME: " + name + " is not allowed; allowed: 1 to");
    }
  }

  @Test
  void aFileThatIsThereStays() throws IOException {
    Path file = Files.createTempFile(Path.of(""), "init-test", ".yaml");
    try {
      String name = file.getFileName().toString().replace(".yaml", "");
      Ran ran = Ran.of("init", name);

      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err()).contains("exists, and stays as it is");
      assertThat(file).isEmptyFile();
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void theTemplateRefusesWhatIsNoName() {
    assertThatThrownBy(() -> SpecTemplate.of("\n")).isInstanceOf(UserException.class);
  }
}
