package org.phasemap.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.phasemap.measure.Bands;
import org.phasemap.measure.Prediction;
import org.phasemap.measure.ProbePrediction;
import org.phasemap.plan.Cell;
import org.phasemap.store.Column;
import org.phasemap.store.Tables;
import org.phasemap.theory.Band;

/**
 * Builds {@code cells}: Spark SQL averages {@code replicates} (plain enough for RAPIDS) and sets
 * the theory's predictions beside.
 */
final class CellsTable {
  private static final List<Column> PREDICTIONS = predictionColumns();

  private CellsTable() {}

  /**
   * One row for each cell that has replicates, sorted by the axes.
   *
   * <p>Reads the view of {@link CellStops}.
   *
   * @param earlier the table so far: cells that the spec no longer has keep their predictions
   */
  static Dataset<Row> build(
      SparkSession spark, Dataset<Row> replicates, Dataset<Row> earlier, List<Cell> cells) {
    // Sums of doubles depend on their order: each cell's rows are added up in one partition, by
    // replicate, however many commits they came in.
    replicates
        .repartition(functions.col("cell_id"))
        .sortWithinPartitions("cell_id", "replicate")
        .createOrReplaceTempView("replicates");
    Dataset<Row> predictions = predictions(spark, cells);
    predictions
        .unionByName(
            earlier
                .selectExpr(predictions.columns())
                .join(
                    predictions,
                    earlier.col("cell_id").equalTo(predictions.col("cell_id")),
                    "left_anti"))
        .createOrReplaceTempView("predictions");
    return spark.sql(sql());
  }

  private static Dataset<Row> predictions(SparkSession spark, List<Cell> cells) {
    List<List<Cell>> groups = new ArrayList<>(Prediction.groups(cells));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int slices = Math.max(1, Math.min(groups.size(), 4 * context.defaultParallelism()));
    return spark.createDataFrame(
        context.parallelize(groups, slices).flatMap(group -> rows(group).iterator()),
        Schemas.of(PREDICTIONS));
  }

  private static List<Row> rows(List<Cell> group) {
    List<Prediction> predictions = Prediction.of(group);
    List<ProbePrediction> probes = ProbePrediction.of(group);
    return IntStream.range(0, group.size())
        .mapToObj(i -> row(predictions.get(i), probes.get(i)))
        .toList();
  }

  private static Row row(Prediction prediction, ProbePrediction probes) {
    Map<String, @Nullable Object> row = new HashMap<>();
    probes.scalars().forEach((name, value) -> row.put("theory_" + name, value));
    row.put("theory_profile_ln_ntk", probes.lnNtk());
    row.put("theory_profile_ln_ntk_standard", probes.lnNtkStandard());
    row.put("cell_id", prediction.cell().id());
    row.put("phase", prediction.phase().id());
    row.put("theory_chi1", prediction.chi1());
    row.put("theory_ln_q", prediction.lnQ());
    row.put("theory_c", prediction.c());
    row.put("theory_ln_gradient_gain", prediction.lnGradientGain());
    row.put("theory_ln_ntk_scale", prediction.lnNtkScale());
    row.put("theory_ntk_off_ratio", prediction.ntkOffRatio());
    row.put("theory_ln_ntk_condition", prediction.lnNtkCondition());
    row.put("theory_ln_ntk_standard_scale", prediction.lnNtkStandardScale());
    row.put("theory_profile_q", prediction.profileQ());
    row.put("theory_profile_c", prediction.profileC());
    row.put("theory_profile_ln_gradient_gain", prediction.profileLnGradientGain());
    Bands bands = prediction.bands();
    put(row, "expected_ln_q", bands.lnQ());
    put(row, "expected_c", bands.c());
    put(row, "expected_ln_gradient_gain", bands.lnGradientGain());
    put(row, "expected_ln_ntk_scale", bands.lnNtkScale());
    put(row, "expected_ln_ntk_standard_scale", bands.lnNtkStandardScale());
    put(row, "expected_profile_ln_q", bands.profileLnQ());
    put(row, "expected_profile_c", bands.profileC());
    return Schemas.row(PREDICTIONS, row);
  }

  private static void put(Map<String, @Nullable Object> row, String name, Band band) {
    row.put(name, trusted(band, band.mean()));
    row.put(name + "_sd", trusted(band, band.standardDeviation()));
  }

  private static void put(Map<String, @Nullable Object> row, String name, List<Band> profile) {
    row.put(name, profile.stream().map(band -> trusted(band, band.mean())).toArray());
    row.put(
        name + "_sd",
        profile.stream().map(band -> trusted(band, band.standardDeviation())).toArray());
  }

  /** A number of a band, null where its first order in 1/n is not enough. */
  private static @Nullable Double trusted(Band band, double number) {
    boolean finite = Double.isFinite(band.mean()) && Double.isFinite(band.standardDeviation());
    return band.reliable() && finite ? number : null;
  }

  /** What {@link Prediction} fills: the theory's columns of {@code cells}. */
  private static List<Column> predictionColumns() {
    return Tables.cells().stream()
        .filter(
            c ->
                c.name().equals("cell_id")
                    || c.name().equals("phase")
                    || c.name().startsWith("theory_")
                    || c.name().startsWith("expected_"))
        .toList();
  }

  /** A column of the averages: its name and its expression. */
  private record Aggregate(String name, String expression) {}

  private static String sql() {
    List<String> keys = Tables.configuration().stream().map(Column::name).toList();
    List<Aggregate> aggregates = new ArrayList<>();
    aggregates.add(new Aggregate("replicates", "count_if(status = 'measured')"));
    aggregates.add(new Aggregate("failed", "count_if(status = 'failed')"));
    aggregates.add(new Aggregate("finite", "count_if(category = 'finite')"));
    aggregates.add(
        new Aggregate("trained", "if(task = 'training', count_if(category = 'trained'), null)"));
    TrainedShare.expressions().forEach((name, sql) -> aggregates.add(new Aggregate(name, sql)));
    List<String> averaged = new ArrayList<>(Tables.AVERAGED);
    averaged.addAll(Tables.COMPARED);
    for (String x : averaged) {
      aggregates.add(new Aggregate(x + "_mean", "avg(" + x + ")"));
      aggregates.add(new Aggregate(x + "_se", "stddev_samp(" + x + ") / sqrt(count(" + x + "))"));
    }
    for (String x : Tables.EXPECTED) {
      aggregates.add(new Aggregate(x + "_rows", "count(" + x + ")"));
    }
    for (String x : Tables.COMPARED) {
      for (String percent : List.of("05", "50", "95")) {
        aggregates.add(
            new Aggregate(
                x + "_q" + percent, "percentile_approx(" + x + ", 0." + percent + ", 10000)"));
      }
    }
    StringBuilder inner = new StringBuilder("SELECT " + String.join(", ", keys));
    for (Aggregate a : aggregates) {
      inner.append(", ").append(a.expression).append(" AS ").append(a.name);
    }
    inner.append(" FROM replicates GROUP BY ").append(String.join(", ", keys));

    StringBuilder outer = new StringBuilder("SELECT ");
    List<String> selected = new ArrayList<>();
    for (Column column : Tables.cells()) {
      String name = column.name();
      if (name.startsWith("z_")) {
        String x = name.substring(2);
        selected.add(
            String.format(
                "if(p.expected_%1$s_sd > 0, (m.%1$s_mean - p.expected_%1$s)"
                    + " / p.expected_%1$s_sd * sqrt(m.%1$s_rows), null) AS z_%1$s",
                x));
      } else {
        boolean stopped = name.equals("stopped");
        boolean predicted = PREDICTIONS.contains(column) && !name.equals("cell_id");
        selected.add((stopped ? "s." : predicted ? "p." : "m.") + name);
      }
    }
    return outer
        .append(String.join(", ", selected))
        .append(" FROM (")
        .append(inner)
        .append(") m LEFT JOIN predictions p ON m.cell_id = p.cell_id")
        .append(" LEFT JOIN stops s ON m.cell_id = s.cell_id")
        .append(" ORDER BY m.task, m.activation, m.width, m.keep_probability, m.sigma_b2,")
        .append(" m.init, m.sigma_w2, m.depth")
        .toString();
  }
}
