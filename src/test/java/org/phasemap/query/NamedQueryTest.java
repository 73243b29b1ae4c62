package org.phasemap.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.UserException;
import org.phasemap.store.ResultsFolder;

class NamedQueryTest {
  private static final String SCHEMAS = "src/test/resources/org/phasemap/cli/schema/schema-";

  /** Tables of earlier versions have fewer columns; those of the first have other cells. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6})
  void eachRunsOnTheTablesOfEarlierVersions(int version) {
    ResultsFolder folder = ResultsFolder.open(SCHEMAS + version);
    try (Query query = Query.open(folder);
        ServedTables tables = ServedTables.open(folder, Limits.ofThisMachine());
        Query served = tables.session()) {
      for (NamedQuery named : NamedQuery.all()) {
        Rows rows = query.rows(named.sql());
        assertThat(rows.columns()).as(named.name()).isNotEmpty();
        assertThat(shown(served.rows(named.sql()))).as(named.name()).isEqualTo(shown(rows));
      }
      // Each answers something of a sweep that has both tasks and no failed row.
      assertThat(NamedQuery.all())
          .filteredOn(named -> query.rows(named.sql()).size() == 0)
          .extracting(NamedQuery::name)
          .isSubsetOf("failures", "agreement", "worst-cells", "widths");
    }
  }

  /** Sums over rows in another order differ in their last digits. */
  private static List<String> shown(Rows rows) {
    return rows.values().stream()
        .flatMap(List::stream)
        .map(
            v ->
                v instanceof Double d && Double.isFinite(d)
                    ? String.format(Locale.ROOT, "%.8e", d)
                    : "" + v)
        .toList();
  }

  @Test
  void cellsThatMeantSomethingElseAreRefused() {
    assertThatThrownBy(() -> Query.open(ResultsFolder.open(SCHEMAS + 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("run the sweep again");
  }

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
