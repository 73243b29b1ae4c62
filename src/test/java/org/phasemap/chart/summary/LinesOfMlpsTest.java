package org.phasemap.chart.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.chart.map.MapChoice;
import org.phasemap.chart.map.Plane;
import org.phasemap.chart.map.WantedCells;
import org.phasemap.query.Query;
import org.phasemap.query.SyntheticSweep;
import org.phasemap.store.table.Tables;

/** A sweep of MLPs, but for its tanh networks: theory's lines are of the others alone. */
class LinesOfMlpsTest {
  @TempDir static Path folder;
  private static Query query;

  @BeforeAll
  static void openTables() throws Exception {
    Map<String, List<String>> files = new HashMap<>(SyntheticSweep.write(folder));
    String cells = folder.resolve("layered.parquet").toString();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          copy (select * replace (
            case when activation = 'tanh' then 'residual(order=pre1)' end as architecture)
            from read_parquet('%s')) to '%s'
          """
              .formatted(Objects.requireNonNull(files.get(Tables.CELLS)).get(0), cells));
    }
    files.put(Tables.CELLS, List.of(cells));
    query = Query.over(files);
  }

  @AfterAll
  static void close() {
    query.close();
  }

  /** Files have null for MLPs: early versions had nothing else. */
  @Test
  void mlpsAreNamed() {
    for (String table : List.of(Tables.CELLS, Tables.REPLICATES)) {
      String sql = "select distinct architecture from %s where activation = 'relu'";
      assertThat(query.rows(sql.formatted(table)))
          .extracting(row -> row.text("architecture"))
          .containsExactly("mlp");
    }
    assertThat(query.rows("select distinct architecture from cells order by all"))
        .extracting(row -> row.text("architecture"))
        .containsExactly("mlp", "residual(order=pre1)");
  }

  @Test
  void theEdgeOfChaosIsOfMlps() {
    assertThat(CriticalLaw.of(query))
        .extracting(CriticalLaw::activation)
        .contains("relu", "gelu")
        .doesNotContain("tanh");
  }

  @Test
  void boundariesAreOfMlps() {
    assertThat(BoundaryLines.of(query))
        .extracting(BoundaryLines::activation)
        .containsOnly("relu", "gelu");
  }

  @Test
  void architecturesAreFacets() {
    WantedCells all = WantedCells.of("");
    assertThat(Plane.of(query, all, MapChoice.NONE).facets())
        .containsExactly("activation", "architecture");
  }
}
