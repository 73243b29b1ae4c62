package org.phasemap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that only profiles compile, for benchmarks and other versions of Spark. */
class ProfilesTest {
  private static final List<Path> ROOTS =
      List.of(Path.of("src/main/java"), Path.of("src/test/java"));

  private static final Pattern IMPORT =
      Pattern.compile(
          "^import (?:static )?(org\\.phasemap\\.[a-z0-9.]+\\.[A-Z]\\w*)", Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(strings = {"bench", "clusters", "rapids"})
  void theyImportClassesThatAreThere(String profile) throws IOException {
    Path own = Path.of("src", profile, "java");
    try (Stream<Path> sources = Files.walk(own)) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        assertThat(IMPORT.matcher(Files.readString(source)).results().map(MatchResult::group))
            .as(source.toString())
            .allSatisfy(line -> assertThat(isThere(own, line)).as(line).isTrue());
      }
    }
  }

  private static boolean isThere(Path own, String line) {
    String file = line.replaceFirst(".* ", "").replace('.', '/') + ".java";
    return Stream.concat(Stream.of(own), ROOTS.stream())
        .anyMatch(root -> Files.exists(root.resolve(file)));
  }
}
