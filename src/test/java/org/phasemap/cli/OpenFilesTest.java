package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.cli.console.ExitCode;

/** Java without {@code jobs/phasemap}, where it may open few files: no class is called missing. */
@EnabledOnOs(OS.LINUX)
class OpenFilesTest {
  @TempDir private Path folder = Path.of("");

  private Launched bare(int files) throws Exception {
    String main = Main.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    String java = System.getProperty("java.home") + "/bin/java";
    String command =
        "ulimit -n %d; exec '%s' -cp '%s' %s theory list"
            .formatted(files, java, main, Main.class.getName());
    return Launched.of(folder.resolve("log"), List.of("bash", "-c", command), Map.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64, 511})
  void fewAreOneMessageAndNoFailedCell(int files) throws Exception {
    Launched launched = bare(files);
    assertThat(launched.exitCode()).as(launched.text()).isEqualTo(ExitCode.MISUSED);
    assertThat(launched.text())
        .isEqualTo(
            "phasemap: ulimit -n: %d open files are too few; allowed: 512 or more%n"
                .formatted(files));
  }

  /** The launcher asks for as many. */
  @Test
  void theLauncherSaysTheSame() throws Exception {
    assertThat(Files.readString(Path.of("jobs/phasemap")))
        .contains(
            "((files >= 512)) || fail",
            "ulimit -n: $files open files are too few; allowed: 512 or more");
  }
}
