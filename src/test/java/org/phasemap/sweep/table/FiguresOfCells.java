package org.phasemap.sweep.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.phasemap.rows.CellFigures;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.SweepSubject;

/** Spark SQL and plain tasks find the same figures. */
public abstract class FiguresOfCells extends SweepSubject {
  @Test
  void sqlAndTasksFindTheSameFigures() throws IOException {
    ResultsFolder results = measured();
    Destination destination = new Destination(spark(), results);
    Map<String, CellFigures> tasks =
        new CellsTable(spark(), results, destination).figures(2).collectAsMap();
    Map<String, CellFigures> sql = CellFiguresSql.of(spark(), results).collectAsMap();

    assertThat(sql.keySet()).isEqualTo(tasks.keySet()).hasSize(CELLS + 2);
    tasks.forEach(
        (cell, expected) ->
            assertThat(sql.get(cell))
                .usingRecursiveComparison()
                // Spark updates a variance row by row.
                .withComparatorForType(
                    (a, b) -> Math.abs(a - b) <= 1e-9 * Math.abs(a) ? 0 : Double.compare(a, b),
                    Double.class)
                .isEqualTo(expected));
  }
}
