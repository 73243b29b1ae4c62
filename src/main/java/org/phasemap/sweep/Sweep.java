package org.phasemap.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.phasemap.data.DataSets;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Kernels;
import org.phasemap.network.UserException;
import org.phasemap.plan.Cell;
import org.phasemap.plan.CostModel;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Progress;
import org.phasemap.plan.Stop;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Spec;
import org.phasemap.spec.SpecWriter;
import org.phasemap.spec.Training;
import org.phasemap.store.Column;
import org.phasemap.store.Commit;
import org.phasemap.store.ManifestEntry;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.Tables;

/**
 * Runs what a spec wants and its results folder lacks, wave by wave. A wave is in the tables whole
 * or not at all. Where replicates decide whether more are wanted, there are rounds of waves; what a
 * round runs follows from the tables alone.
 */
public final class Sweep {
  /** A wave's work, in seconds of the whole cluster. */
  private static final double WAVE_SECONDS = 60;

  /** A task's work, where units are so short that starting a task for each would cost more. */
  private static final double TASK_SECONDS = 0.02;

  private static final int ROWS_PER_FILE = 200_000;

  private final SparkSession spark;
  private final Spec spec;
  private final ResultsFolder folder;
  private final SweepListener listener;
  private final Backend backend;
  private final Commit commit;
  private final Map<String, String> provenance;
  private int wavesRun;

  private Sweep(SparkSession spark, Spec spec, ResultsFolder folder, SweepListener listener) {
    this.spark = spark;
    this.spec = spec;
    this.folder = folder;
    this.listener = listener;
    this.backend = backend(spec);
    this.commit = new Commit(folder);
    this.provenance = Provenance.of(spark, spec, backend);
  }

  /**
   * Runs what is missing.
   *
   * @return rows of the whole table that failed
   * @throws UserException if the folder holds a sweep with another seed, sampler, backend or
   *     sharing of random numbers, or a batch is larger than its data set
   * @throws IOException if the results cannot be written; what is committed stays
   */
  public static long run(
      SparkSession spark, Spec spec, ResultsFolder folder, SweepListener listener)
      throws IOException {
    return new Sweep(spark, spec, folder, listener).run();
  }

  private long run() throws IOException {
    Plan plan = Plan.of(spec);
    checkBatch();
    checkCompatible();
    commit.discardLeftovers();
    Progress progress = progress(plan);
    List<Unit> units = planned(plan, progress);
    if (!units.isEmpty()) {
      GpuPreflight.check(JavaSparkContext.fromSparkContext(spark.sparkContext()), backend)
          .ifPresent(listener::warned);
    }
    folder.writeSpec(SpecWriter.toYaml(spec));
    while (!units.isEmpty()) {
      runRound(units);
      progress = progress(plan);
      units = progress.missing() == 0 ? List.of() : planned(plan, progress);
    }
    if (!cellsAreCurrent()) {
      buildCells(plan.cells(), progress.stops());
    }
    commit.discardLeftovers();
    return replicates().filter(functions.col("status").equalTo("failed")).count();
  }

  /** Units of what is missing by now. More may be wanted once they are measured. */
  private List<Unit> planned(Plan plan, Progress progress) {
    List<Unit> units = progress.units();
    double seconds = units.stream().mapToDouble(CostModel::seconds).sum() / cores();
    listener.planned(
        plan.cells().size(), progress.wanted(), progress.missing(), units.size(), seconds);
    return units;
  }

  private void runRound(List<Unit> units) throws IOException {
    List<List<Unit>> waves = Plan.waves(units, WAVE_SECONDS * cores());
    try (ProgressMeter meter = new ProgressMeter(spark, units, listener)) {
      for (int w = 0; w < waves.size(); w++) {
        runWave(waves.get(w), meter);
        listener.committed(w + 1, waves.size(), rows(waves.get(w)));
      }
    }
  }

  private void runWave(List<Unit> units, ProgressMeter meter) throws IOException {
    Backend chosen = backend;
    List<List<Unit>> tasks = Plan.waves(units, TASK_SECONDS);
    ProgressMeter.Counters counters = meter.counters();
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(tasks, tasks.size())
            .flatMap(List::iterator)
            .flatMap(
                unit -> {
                  List<Row> measured = UnitRunner.run(unit, chosen);
                  counters.add(unit);
                  return measured.iterator();
                });
    StructType schema = Schemas.withProvenance(Schemas.of(Tables.replicates()), provenance);
    long count = rows(units);
    int files = (int) (1 + count / ROWS_PER_FILE);
    String staged = commit.stage(String.format("wave-%06d", wavesRun++));
    // One shuffle by cell brings a cell's replicates together and makes few, sorted files.
    spark
        .createDataFrame(GpuResources.request(rows, backend), schema)
        .repartition(files, functions.col("cell_id"))
        .sortWithinPartitions(
            "task",
            "activation",
            "width",
            "keep_probability",
            "sigma_b2",
            "init",
            "sigma_w2",
            "depth",
            "replicate")
        .write()
        .option("compression", "zstd")
        .parquet(staged);
    commit.publish(staged, Tables.REPLICATES, count, provenance);
  }

  /** Whether the latest commit is {@code cells}, built for this very spec with all its columns. */
  private boolean cellsAreCurrent() {
    List<ManifestEntry> manifest = folder.manifest();
    if (manifest.isEmpty()) {
      return false;
    }
    ManifestEntry latest = manifest.get(manifest.size() - 1);
    return latest.table().equals(Tables.CELLS)
        && latest.schemaVersion() == Tables.SCHEMA_VERSION
        && Objects.equals(latest.provenance().get("spec_hash"), provenance.get("spec_hash"));
  }

  private void buildCells(List<Cell> cells, Map<String, Stop> stops) throws IOException {
    Dataset<Row> earlier = table(Tables.CELLS, Tables.cells());
    CellStops.createView(spark, stops, earlier);
    Dataset<Row> table = CellsTable.build(spark, replicates(), earlier, cells);
    String staged = commit.stage("cells");
    Dataset<Row> sorted =
        table.coalesce(1).withMetadata("cell_id", Schemas.metadata(provenance)).cache();
    sorted.write().option("compression", "zstd").parquet(staged);
    commit.publish(staged, Tables.CELLS, sorted.count(), provenance);
    sorted.unpersist();
  }

  private Dataset<Row> replicates() {
    return table(Tables.REPLICATES, Tables.replicates());
  }

  private Dataset<Row> table(String name, List<Column> columns) {
    List<String> files = folder.files(name);
    StructType schema = Schemas.of(columns);
    return files.isEmpty()
        ? spark.createDataFrame(List.of(), schema)
        : spark.read().schema(schema).parquet(files.toArray(String[]::new));
  }

  /** What the table holds of a plan. */
  private Progress progress(Plan plan) {
    Progress progress = new Progress(plan);
    List<String> columns = new ArrayList<>(List.of("cell_id", "replicate"));
    columns.addAll(progress.columns());
    Dataset<Row> rows = replicates().selectExpr(columns.toArray(String[]::new));
    for (Row row : rows.collectAsList()) {
      double[] values = new double[progress.columns().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.isNullAt(i + 2) ? Double.NaN : row.getDouble(i + 2);
      }
      progress.add(row.getString(0), row.getInt(1), values);
    }
    return progress;
  }

  private int cores() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).defaultParallelism();
  }

  /** A batch is drawn without replacement. */
  private void checkBatch() {
    Training training = spec.training();
    if (training == null) {
      return;
    }
    int examples = DataSets.load(training.data()).train().count();
    int largest = Collections.max(training.batchSize());
    if (largest > examples) {
      throw new UserException(
          String.format(
              "training.batch_size: %d is not allowed; allowed: 1 to %d, the training examples of %s",
              largest, examples, training.data().name()));
    }
  }

  /** Rows of another choice of these are other numbers: they must not share a table. */
  private void checkCompatible() {
    Map<String, String> before = folder.provenance();
    for (String field : List.of("seed", "sampler", "random_numbers", "backend")) {
      String was = before.get(field);
      String is = provenance.get(field);
      if (was != null && !was.equals(is)) {
        throw new UserException(
            String.format(
                "%s: holds results with %s %s, the spec has %s; allowed: the same %s, or another"
                    + " name",
                folder.path(""), field, was, is, field));
      }
    }
  }

  private static Backend backend(Spec spec) {
    return switch (spec.backend()) {
      case AUTO -> Kernels.fastest();
      case MKL -> Backend.MKL;
      case ND4J -> Backend.ND4J;
    };
  }

  private static long rows(List<Unit> units) {
    return units.stream().mapToLong(u -> u.cells().size()).sum();
  }
}
