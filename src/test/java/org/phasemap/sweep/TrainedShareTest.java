package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainedShareTest {
  /** The expressions over a cell of that many rows, in SQL that DuckDB shares with Spark. */
  private static double[] evaluate(String task, int trained, int rows) throws Exception {
    Map<String, String> columns = TrainedShare.expressions();
    String select =
        columns.entrySet().stream()
            .map(column -> column.getValue() + " as " + column.getKey())
            .collect(Collectors.joining(", "));
    String table =
        "select '%s' as task, case when i < %d then 'trained' else 'stalled' end as category,"
                .formatted(task, trained)
            + " case when i < %d then 'measured' else 'failed' end as status from range(%d) t(i)"
                .formatted(rows, rows + 1);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet result =
            connection
                .createStatement()
                .executeQuery("select " + select + " from (" + table + ") group by task")) {
      result.next();
      double[] values = new double[3];
      for (int i = 0; i < 3; i++) {
        Object value = result.getObject(i + 1);
        values[i] = value == null ? Double.NaN : ((Number) value).doubleValue();
      }
      return values;
    }
  }

  @ParameterizedTest
  @CsvSource({"8,10", "0,10", "10,10", "1,1", "0,1", "33,64"})
  void isWilsonsInterval(int trained, int rows) throws Exception {
    double[] share = evaluate("training", trained, rows);
    ConfidenceInterval expected = new WilsonScoreInterval().createInterval(rows, trained, 0.95);
    assertThat(share[0]).isCloseTo((double) trained / rows, within(1e-15));
    assertThat(share[1]).isCloseTo(expected.getLowerBound(), within(1e-9));
    assertThat(share[2]).isCloseTo(expected.getUpperBound(), within(1e-9));
  }

  @Test
  void isNullWhereNothingIsTrainedOrMeasured() throws Exception {
    assertThat(evaluate("propagation", 3, 5)).containsOnly(Double.NaN);
    assertThat(evaluate("training", 0, 0)).containsOnly(Double.NaN);
  }
}
