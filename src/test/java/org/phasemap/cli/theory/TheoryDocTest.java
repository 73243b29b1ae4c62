package org.phasemap.cli.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/theory.md explains every column that {@code theory maps} computes. */
class TheoryDocTest {
  private static final Pattern NAME = Pattern.compile("`([a-zA-Z0-9_]+)`");

  @Test
  void everyColumnOfMapsHasALine() throws IOException {
    Outcome maps = Outcome.of("maps --activation tanh --sigma-w2 1 --depth 1 --format csv");
    List<String> columns = Arrays.asList(maps.lines().get(0).split(","));
    List<String> computed = columns.subList(columns.indexOf("depth") + 1, columns.size());

    List<String> explained =
        Files.readAllLines(Path.of("docs/theory.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.indexOf('|', 1)))
            .flatMap(cell -> NAME.matcher(cell).results().map(found -> found.group(1)))
            .toList();
    assertThat(explained).containsExactlyElementsOf(computed);
  }

  @Test
  void theExampleIsWhatTheCommandPrints() {
    Outcome maps =
        Outcome.of(
            "maps --activation gelu --sigma-w2 1.98305826 --sigma-b2 0.17292239 --depth 2"
                + " --q0 1,10 --format table");

    assertThat(maps.out()).contains("3.03501").contains("3.56156").contains("0.993979");
  }
}
