package org.phasemap.chart.summary;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.phasemap.chart.Rounded;
import org.phasemap.network.PlainText;
import org.phasemap.quantity.TaskKind;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/** The values that a sweep's tables have where words name them, all asked for at once. */
final class ConventionValues {
  private static final String CELLS = "cells";
  private static final String MEASURED = cells(TaskKind.PROPAGATION);
  private static final String TRAINED = cells(TaskKind.TRAINING);

  /** What is named, and of which rows. */
  enum Named {
    WEIGHT_LAW("weight_law", CELLS),
    SCHEME("init", CELLS),
    SIGMA_B2("sigma_b2", CELLS),
    KEEP_PROBABILITY("keep_probability", CELLS),
    BACKEND("backend", "replicates"),
    INPUT("input", MEASURED),
    INPUT_COUNT("input_count", MEASURED),
    INPUT_DIMENSION("input_dimension", MEASURED),
    INPUT_Q0("input_q0", MEASURED),
    INPUT_C0("input_c0", MEASURED),
    STOPPED("stopped", MEASURED),
    DATA("input", TRAINED),
    BIASES("biases", TRAINED),
    ACCURACY_THRESHOLD("accuracy_threshold", TRAINED);

    private final String column;
    private final String rows;

    Named(String column, String rows) {
      this.column = column;
      this.rows = rows;
    }

    private String sql() {
      return "(select list(distinct %1$s order by %1$s) from %2$s) as %3$s"
          .formatted(column, rows, name());
    }
  }

  private static String cells(TaskKind task) {
    return "%s where task = '%s'".formatted(CELLS, task.id());
  }

  private final Rows.Row all;

  ConventionValues(Query query) {
    String sql = Arrays.stream(Named.values()).map(Named::sql).collect(Collectors.joining(", "));
    all = query.rows("select " + sql).row(0);
  }

  /** In order, numbers rounded; empty where there are none. */
  String of(Named named) {
    List<?> values = all.value(named.name()) instanceof List<?> list ? list : List.of();
    return values.stream()
        .filter(Objects::nonNull)
        .map(v -> v instanceof Double d ? Rounded.text(d, 5) : PlainText.of(v.toString()))
        .collect(Collectors.joining(", "));
  }
}
