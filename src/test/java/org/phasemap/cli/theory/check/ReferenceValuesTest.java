package org.phasemap.cli.theory.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The theory against a table that another implementation computed. */
class ReferenceValuesTest {
  private static final List<ReferenceRow> ROWS =
      ReferenceTable.read("src/test/resources/org/phasemap/theory/reference_values.csv");

  static Stream<Arguments> derived() {
    return ROWS.stream().filter(row -> !row.isMeasured()).map(row -> Arguments.of(row.id(), row));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("derived")
  void rowIsReproduced(String id, ReferenceRow row) {
    double computed = ReferenceQuantities.compute(row.key(), row.query()).orElseThrow();

    assertThat(row.admits(computed)).as("%s: %s computed %s", id, row, computed).isTrue();
  }

  @Test
  void theTableIsWhole() {
    assertThat(ROWS).hasSize(313).filteredOn(ReferenceRow::isMeasured).hasSize(6);
  }
}
