package org.phasemap.chart.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BundleTest {
  private static String bundle(Map<String, String> files) {
    return Bundle.of("main", name -> files.getOrDefault(name, ""));
  }

  @Test
  void everyModuleStandsBeforeThoseThatImportIt() {
    String bundle =
        bundle(
            Map.of(
                "main.js",
                "/** Starts. */\nimport { a, b } from \"./first.js\";\nimport * as second from \"./second.js\";\n\nsecond.run(a, b);\n",
                "second.js",
                "import { b } from \"./first.js\";\nexport async function run(x) {\n  return b + x;\n}\n",
                "first.js",
                "export const a = 1;\nexport const b = 2;\nconst hidden = 3;\n"));
    assertThat(bundle)
        .isEqualTo(
            """
            const $first = await (async () => {
            const a = 1;
            const b = 2;
            const hidden = 3;
            return { a, b };
            })();
            const $second = await (async () => {
            const { b } = $first;
            async function run(x) {
              return b + x;
            }
            return { run };
            })();
            const $main = await (async () => {
            const { a, b } = $first;
            const second = $second;
            /** Starts. */

            second.run(a, b);
            return {  };
            })();
            """);
  }

  @Test
  void modulesThatImportEachOtherAreRefused() {
    Map<String, String> circle =
        Map.of(
            "main.js", "import { a } from \"./a.js\";\n",
            "a.js", "import { b } from \"./b.js\";\nexport const a = 1;\n",
            "b.js", "import { a } from \"./a.js\";\nexport const b = 1;\n");
    assertThatThrownBy(() -> bundle(circle))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("modules import each other: [main, a, b] → a");
  }

  @Test
  void aNameThatIsNotExportedIsRefused() {
    Map<String, String> files =
        Map.of("main.js", "import { a, b } from \"./a.js\";\n", "a.js", "export const a = 1;\n");
    assertThatThrownBy(() -> bundle(files))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("main.js imports what a.js does not export: [b]");
  }

  @Test
  void otherWaysToImportOrExportAreRefused() {
    for (String line :
        new String[] {
          "import a from \"./a.js\";",
          "export let a = 1;",
          "export default 1;",
          "export * from \"./a.js\";"
        }) {
      assertThatThrownBy(() -> bundle(Map.of("main.js", line)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("main.js: is not a way to import or export: " + line);
    }
  }

  /** A module that nothing imports is not on the page. */
  @Test
  void everyFileOfTheFolderIsOnThePage() throws IOException {
    String bundle = Bundle.of("main", WebFiles::text);
    try (Stream<Path> files = Files.list(Path.of("dashboards", "web"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".js"))
                  .filter(
                      name -> !bundle.contains("const $" + name.replace(".js", "") + " = await"))
                  .toList())
          .isEmpty();
    }
  }
}
