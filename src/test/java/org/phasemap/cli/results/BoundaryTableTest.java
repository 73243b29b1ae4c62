package org.phasemap.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.analysis.CellErrors;
import org.phasemap.analysis.TrainingMap;
import org.phasemap.cli.Ran;
import org.phasemap.cli.results.BoundaryTable.Counted;
import org.phasemap.query.Query;
import org.phasemap.query.SyntheticSweep;
import org.phasemap.store.HostileFolder;

class BoundaryTableTest {
  @Test
  void hasARowForEachColumnAndForEachSide(@TempDir Path folder) throws Exception {
    try (Query query = Query.over(SyntheticSweep.write(folder))) {
      List<Counted> counted =
          List.of(
              new Counted(null, TrainingMap.of(query, CellErrors.SHARED, OptionalDouble.empty())),
              new Counted(0.7, TrainingMap.of(query, CellErrors.SHARED, OptionalDouble.of(0.7))));
      List<TrainingMap> maps = counted.get(0).maps();
      int columns = maps.stream().mapToInt(map -> map.columns().size()).sum();

      BoundaryTable boundaries = BoundaryTable.of(BoundaryTable.What.COLUMNS, counted);
      assertThat(boundaries.columns())
          .startsWith("threshold", "activation")
          .contains("sigma_w2")
          .doesNotContain("loss", "accuracy_threshold")
          .endsWith("boundary", "low", "high", "width", "kind", "side", "xi_c", "k");
      assertThat(boundaries.rows()).hasSize(2 * columns);
      for (List<?> row : boundaries.rows()) {
        assertThat(row).hasSameSizeAs(boundaries.columns());
        double boundary = number(boundaries, row, "boundary");
        double xiC = number(boundaries, row, "xi_c");
        if (!Double.isNaN(boundary) && !Double.isNaN(xiC)) {
          assertThat(number(boundaries, row, "k")).isEqualTo(boundary / xiC);
        }
      }

      BoundaryTable collapse = BoundaryTable.of(BoundaryTable.What.COLLAPSE, counted);
      assertThat(collapse.rows()).hasSize(2 * 2 * maps.size());
      int side = collapse.columns().indexOf("side");
      assertThat(collapse.rows().stream().map(row -> Objects.requireNonNull(row.get(side))))
          .containsOnly("ordered", "chaotic");
    }
  }

  @Test
  void aThresholdIsTheOneThatDecided() {
    String kept = HostileFolder.KEPT.toString();

    assertThat(thresholds("boundaries", kept, "--format", "csv")).containsOnly("0.5");
    assertThat(thresholds("boundaries", kept, "--format", "csv", "--threshold", "0.25,0.75"))
        .containsOnly("0.25", "0.75");
  }

  private static List<String> thresholds(String... command) {
    Ran ran = Ran.of(command);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).startsWith("threshold,");
    return ran.out().lines().skip(1).map(line -> line.replaceFirst(",.*", "")).toList();
  }

  private static double number(BoundaryTable table, List<?> row, String column) {
    return row.get(table.columns().indexOf(column)) instanceof Number number
        ? number.doubleValue()
        : Double.NaN;
  }
}
