package org.phasemap.cli.theory.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.cli.theory.architecture.ArchitectureKey;
import org.phasemap.cli.theory.architecture.ArchitectureKeys;

/** The theory of architectures against a table that another implementation computed. */
class ArchitectureValuesTest {
  private static final List<ReferenceRow> ROWS =
      ReferenceTable.read("src/test/resources/org/phasemap/theory/architecture_values.csv");

  /**
   * Every key at other and at extreme points: by numpy, with its own recursions and quadrature
   * rules, or in closed form.
   */
  private static final List<ReferenceRow> POINTS =
      ReferenceTable.read("src/test/resources/org/phasemap/theory/architecture_points.csv");

  static Stream<Arguments> points() {
    return POINTS.stream().map(row -> Arguments.of(row.key(), row));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("points")
  void pointIsReproduced(String key, ReferenceRow row) {
    rowIsReproduced(key, row);
  }

  static Stream<Arguments> rows() {
    return ROWS.stream().map(row -> Arguments.of(row.id(), row));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void rowIsReproduced(String id, ReferenceRow row) {
    double computed = ReferenceQuantities.compute(row.key(), row.query()).orElseThrow();

    assertThat(row.admits(computed)).as("%s: %s computed %s", id, row, computed).isTrue();
  }

  @Test
  void everyKeyHasAPoint() {
    assertThat(POINTS.stream().map(ReferenceRow::key).distinct())
        .containsExactlyInAnyOrderElementsOf(
            ArchitectureKeys.all().stream().map(ArchitectureKey::name).toList());
  }

  @Test
  void everyKeyHasARow() {
    assertThat(ROWS).hasSize(303);
    assertThat(ROWS.stream().map(ReferenceRow::key).distinct())
        .containsExactlyInAnyOrderElementsOf(
            ArchitectureKeys.all().stream().map(ArchitectureKey::name).toList());
  }
}
