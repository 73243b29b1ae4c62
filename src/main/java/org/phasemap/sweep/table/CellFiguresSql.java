package org.phasemap.sweep.table;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.Quantity;
import org.phasemap.rows.CellFigures;
import org.phasemap.rows.CellFigures.Scalar;
import org.phasemap.rows.ReplicateFigures;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;
import scala.Tuple2;

/**
 * {@link CellFigures} by Spark SQL, for sessions with RAPIDS, which runs it on the GPU. Without a
 * GPU its first query costs more than all the rest of a short sweep. Quantities are rows of its
 * tables, not columns: Spark compiles an expression for each.
 */
final class CellFiguresSql {
  private static final List<String> CONFIGURATION =
      Tables.configuration().stream().map(Column::name).toList();

  private static final List<String> AVERAGED =
      ReplicateFigures.AVERAGED.stream().map(Quantity::column).toList();

  private CellFiguresSql() {}

  /** Whether the session has RAPIDS. */
  static boolean isWanted(SparkSession spark) {
    return spark.sparkContext().getConf().get("spark.plugins", "").contains("SQLPlugin");
  }

  /** Of every cell of {@code replicates}. */
  static JavaPairRDD<String, CellFigures> of(SparkSession spark, ResultsFolder folder) {
    Dataset<Row> replicates =
        spark
            .read()
            .schema(Schemas.of(ReplicateFigures.COLUMNS))
            .parquet(
                folder.dataFiles(Tables.REPLICATES).stream()
                    .map(file -> folder.uri(file.path()))
                    .toArray(String[]::new))
            .repartition(functions.col("cell_id"))
            .sortWithinPartitions("cell_id", "replicate");
    return byCell(counts(replicates))
        .cogroup(byCell(averages(replicates)), byCell(quantiles(replicates)))
        .mapValues(cell -> figures(cell._1().iterator().next(), cell._2(), cell._3()));
  }

  /** A row for each cell: its configuration, then the counts of {@link CellFigures}. */
  private static Dataset<Row> counts(Dataset<Row> replicates) {
    return replicates
        .groupBy(columns(CONFIGURATION))
        .agg(
            countIf("status", "measured"),
            Stream.concat(
                    Stream.of(countIf("status", "failed")),
                    Arrays.stream(Category.values()).map(c -> countIf("category", c.id())))
                .toArray(org.apache.spark.sql.Column[]::new));
  }

  /** A row for each cell and scalar: cell_id, index of the quantity, n, mean, sd. */
  private static Dataset<Row> averages(Dataset<Row> replicates) {
    org.apache.spark.sql.Column value = functions.col("col");
    return values(replicates)
        .agg(functions.count(value), functions.avg(value), functions.stddev_samp(value));
  }

  /** A row for each cell and scalar: cell_id, index of the quantity, quantiles. */
  private static Dataset<Row> quantiles(Dataset<Row> replicates) {
    return values(replicates)
        .agg(
            functions.percentile_approx(
                functions.col("col"),
                functions.array(
                    CellFigures.PROBABILITIES.stream()
                        .map(functions::lit)
                        .toArray(org.apache.spark.sql.Column[]::new)),
                functions.lit(10_000)));
  }

  private static RelationalGroupedDataset values(Dataset<Row> replicates) {
    return replicates
        .select(functions.col("cell_id"), functions.posexplode(functions.array(columns(AVERAGED))))
        .groupBy("cell_id", "pos");
  }

  private static org.apache.spark.sql.Column countIf(String column, String value) {
    return functions.count(functions.when(functions.col(column).equalTo(value), 1));
  }

  private static org.apache.spark.sql.Column[] columns(List<String> names) {
    return names.stream().map(functions::col).toArray(org.apache.spark.sql.Column[]::new);
  }

  private static JavaPairRDD<String, Row> byCell(Dataset<Row> rows) {
    return rows.toJavaRDD().mapToPair(row -> new Tuple2<>(row.getString(0), row));
  }

  private static CellFigures figures(Row counts, Iterable<Row> averages, Iterable<Row> quantiles) {
    int keys = CONFIGURATION.size();
    @Nullable Object[] configuration = new Object[keys];
    Arrays.setAll(configuration, counts::get);
    Map<Integer, double[]> byScalar = new LinkedHashMap<>();
    for (Row row : quantiles) {
      if (!row.isNullAt(2)) {
        List<Double> values = row.getList(2);
        byScalar.put(row.getInt(1), values.stream().mapToDouble(Double::doubleValue).toArray());
      }
    }
    long[] categories = new long[Category.values().length];
    Arrays.setAll(categories, i -> counts.getLong(keys + 2 + i));
    @Nullable Scalar[] scalars = new Scalar[ReplicateFigures.AVERAGED.size()];
    for (Row row : averages) {
      if (row.getLong(2) > 0) {
        scalars[row.getInt(1)] =
            new Scalar(
                row.getLong(2),
                row.getDouble(3),
                row.isNullAt(4) ? Double.NaN : row.getDouble(4),
                byScalar.getOrDefault(row.getInt(1), new double[0]));
      }
    }
    return new CellFigures(
        configuration, counts.getLong(keys), counts.getLong(keys + 1), categories, scalars);
  }
}
