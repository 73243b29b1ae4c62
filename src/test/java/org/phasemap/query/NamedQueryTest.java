package org.phasemap.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NamedQueryTest {
  @Test
  void everyFileIsAQueryThatSaysWhatItAnswers() throws Exception {
    try (var files = Files.list(Path.of("dashboards/sql"))) {
      assertThat(NamedQuery.all())
          .extracting(query -> query.name() + ".sql")
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(f -> f.endsWith(".sql"))
                  .toList());
    }
    assertThat(NamedQuery.all()).allSatisfy(query -> assertThat(query.says()).endsWith("."));
  }
}
