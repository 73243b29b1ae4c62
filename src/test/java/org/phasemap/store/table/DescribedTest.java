package org.phasemap.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds dashboards/python/phasemap.json to the code. With {@code -Dphasemap.docs=write} it is
 * written instead.
 */
class DescribedTest {
  private static final Path FILE = Path.of("dashboards/python/phasemap.json");

  @Test
  void theFileForPythonSaysWhatTheCodeSays() throws IOException {
    if ("write".equals(System.getProperty("phasemap.docs"))) {
      Files.writeString(FILE, Described.json());
    }
    assertThat(Files.readString(FILE)).isEqualTo(Described.json());
  }

  @Test
  void pythonKnowsTheVersionsOfTheTables() throws IOException {
    assertThat(Files.readString(FILE.resolveSibling("phasemap.py")))
        .contains("\nSCHEMA_VERSION = " + Tables.SCHEMA_VERSION + "\n")
        .contains("\nOLDEST_CELLS = " + Tables.OLDEST_CELLS + "\n");
  }

  @Test
  void everyColumnHasWords() {
    for (String table : List.of(Tables.CELLS, Tables.REPLICATES)) {
      assertThat(Described.columns(table))
          .hasSameSizeAs(Tables.columns(table))
          .allSatisfy(
              column -> {
                assertThat(column.label()).isNotBlank();
                assertThat(column.meaning()).isNotBlank();
                assertThat(column.unit().isEmpty()).isEqualTo(column.type().equals("string"));
              });
    }
  }

  @Test
  void labelsAreThoseOfTheQuantityAndTheAxis() {
    List<Described> cells = Described.columns(Tables.CELLS);

    assertThat(cells)
        .contains(new Described("depth", "int", "depth L", "1", "L, number of hidden layers"))
        .anyMatch(
            c ->
                c.name().equals("ln_gradient_gain_se")
                    && c.label().equals("standard error of ln gradient gain")
                    && c.unit().equals("nat"));
  }
}
