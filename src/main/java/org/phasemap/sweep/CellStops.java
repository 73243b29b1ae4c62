package org.phasemap.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.phasemap.plan.Stop;
import org.phasemap.store.Column;
import org.phasemap.store.Tables;

/** Why each cell has no more replicates: the view {@code stops} of {@link CellsTable}'s SQL. */
final class CellStops {
  private static final List<Column> COLUMNS =
      Tables.cells().stream()
          .filter(c -> c.name().equals("cell_id") || c.name().equals("stopped"))
          .toList();

  private CellStops() {}

  /**
   * Creates the view.
   *
   * @param stops by cell id
   * @param earlier the table so far: cells that the spec no longer has keep what it says
   */
  static void createView(SparkSession spark, Map<String, Stop> stops, Dataset<Row> earlier) {
    List<Row> rows = new ArrayList<>();
    stops.forEach((id, stop) -> rows.add(RowFactory.create(id, stop.id())));
    Dataset<Row> now = spark.createDataFrame(rows, Schemas.of(COLUMNS));
    now.unionByName(
            earlier
                .select("cell_id", "stopped")
                .join(now, earlier.col("cell_id").equalTo(now.col("cell_id")), "left_anti"))
        .createOrReplaceTempView("stops");
  }
}
