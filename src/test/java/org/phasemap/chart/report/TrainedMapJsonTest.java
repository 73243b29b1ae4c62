package org.phasemap.chart.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.summary.Charts;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.query.SyntheticSweep;

class TrainedMapJsonTest {
  /** What five digits leave of a number. */
  private static final double ROUNDING = 1e-4;

  @TempDir static Path folder;
  private static Query query;
  private static JsonNode maps;

  @BeforeAll
  static void writeMaps() throws Exception {
    query = Query.over(SyntheticSweep.write(folder));
    Charts charts = new Charts(query, new SweepInfo("synthetic", "", Map.of()));
    maps = new ObjectMapper().readTree(ReportJson.text(charts.trained()));
  }

  @AfterAll
  static void closeQuery() {
    query.close();
  }

  @Test
  void thereIsAMapForEachActivation() {
    assertThat(maps.findValuesAsText("activation"))
        .containsExactlyInAnyOrderElementsOf(SyntheticSweep.ACTIVATIONS);
    for (JsonNode map : maps) {
      assertThat(map.get("columns")).hasSize(SyntheticSweep.MULTIPLIERS / 2 + 1);
      assertThat(map.get("collapse")).hasSize(2);
    }
  }

  /** Against the cells themselves, by SQL. */
  @Test
  void aGapLiesBetweenTheLastTrainedAndTheFirstUntrainedDepth() {
    int gaps = 0;
    for (JsonNode map : maps) {
      for (JsonNode column : map.get("columns")) {
        if (column.get("kind").asText().equals("separable")) {
          Rows.Row ends =
              query
                  .rows(
                      """
                      select max(depth) filter (where trained = replicates) as trained,
                        min(depth) filter (where trained = 0) as untrained
                      from cells where task = 'training' and activation = ?
                        and abs(sigma_multiplier - ?) < 1e-4
                      """,
                      map.at("/configuration/activation").asText(),
                      column.get("sigma_multiplier").asDouble())
                  .row(0);
          double half = Math.exp(column.get("width").asDouble() / 2);
          double middle = column.get("depth").asDouble();
          // Five digits are written.
          assertThat(middle / half).isCloseTo(ends.number("trained"), withinPercentage(0.01));
          assertThat(middle * half).isCloseTo(ends.number("untrained"), withinPercentage(0.01));
          gaps++;
        }
      }
    }
    assertThat(gaps).isGreaterThan(3);
  }

  /** Without biases ordered tanh networks have q* = 0, so χ(c*) = σ_w². */
  @Test
  void theLineOfOrderedTanhIsThatOfItsClosedForm() {
    JsonNode scale = mapOf("tanh").get("scales").get(0);
    int ordered = 0;
    for (JsonNode point : scale.get("xi_c")) {
      double sigmaW2 = point.get(0).asDouble();
      if (sigmaW2 < 0.9) {
        double xiC = -1 / Math.log(sigmaW2);
        assertThat(point.get(1).asDouble()).isCloseTo(xiC, within(1e-3 * xiC));
        ordered++;
      }
    }
    assertThat(ordered).isGreaterThan(10);
    List<JsonNode> columns = List.copyOf(mapOf("tanh").findParents("xi_gradient"));
    for (JsonNode column : columns) {
      double sigmaW2 = column.get("sigma_w2").asDouble();
      if (sigmaW2 < 0.9) {
        double xi = -1 / Math.log(sigmaW2);
        assertThat(column.get("xi_gradient").asDouble()).isCloseTo(xi, within(ROUNDING * xi * xi));
      }
    }
  }

  /** Correlations of ReLU networks without biases reach c* = 1 algebraically. */
  @Test
  void reluWithoutBiasesHasNoDepthScaleOfCorrelations() {
    for (JsonNode point : mapOf("relu").get("scales").get(0).get("xi_c")) {
      assertThat(point.get(1).isNull()).isTrue();
    }
  }

  private static JsonNode mapOf(String activation) {
    for (JsonNode map : maps) {
      if (map.at("/configuration/activation").asText().equals(activation)) {
        return map;
      }
    }
    throw new AssertionError("no map of " + activation);
  }
}
