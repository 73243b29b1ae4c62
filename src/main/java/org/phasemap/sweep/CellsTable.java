package org.phasemap.sweep;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Stop;
import org.phasemap.predict.Bands;
import org.phasemap.predict.Prediction;
import org.phasemap.predict.Predictors;
import org.phasemap.predict.ProbePrediction;
import org.phasemap.predict.Theory;
import org.phasemap.spec.Spec;
import org.phasemap.store.Column;
import org.phasemap.store.Commit;
import org.phasemap.store.ManifestEntry;
import org.phasemap.store.ManifestEntry.DataFile;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.Split;
import org.phasemap.store.Tables;
import org.phasemap.theory.width.Band;
import scala.Tuple2;

/**
 * Builds {@code cells}: brings the replicates of each cell together, and beside their figures sets
 * what the plan knows of it, the theory's predictions and why there are no more replicates.
 */
final class CellsTable {
  /** A few hundred bytes for each replicate, and what is predicted of every layer. */
  private static final int CELLS_PER_TASK = 5_000;

  private static final int CELLS_PER_FILE = 50_000;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final ResultsFolder folder;
  private final Destination destination;

  CellsTable(SparkSession spark, ResultsFolder folder, Destination destination) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.folder = folder;
    this.destination = destination;
  }

  /** Whether nothing is missing, {@code cells} included. */
  static boolean areComplete(Holdings holdings, ResultsFolder folder, Spec spec) {
    return holdings.progress().missing() == 0 && areCurrent(folder, spec);
  }

  /** Whether the latest commit is {@code cells}, built for this very spec with all its columns. */
  static boolean areCurrent(ResultsFolder folder, Spec spec) {
    List<ManifestEntry> manifest = folder.manifest();
    if (manifest.isEmpty()) {
      return false;
    }
    ManifestEntry latest = manifest.get(manifest.size() - 1);
    return latest.table().equals(Tables.CELLS)
        && latest.schemaVersion() == Tables.SCHEMA_VERSION
        && Objects.equals(latest.provenance().get("spec_hash"), Provenance.hash(spec));
  }

  /**
   * Builds the table and makes it the one that is read.
   *
   * @throws IOException if it cannot be written, or lacks cells
   */
  void replace(List<Cell> cells, Holdings holdings, Commit commit, Map<String, String> provenance)
      throws IOException {
    int expected = holdings.cells().size();
    List<DataFile> written =
        Jobs.named(
            context.sc(),
            folder.name(),
            String.format("cells, %,d rows", expected),
            () ->
                destination.writeSorted(
                    build(cells, holdings),
                    1 + expected / CELLS_PER_FILE,
                    commit.newPath(Tables.CELLS),
                    Tables.cells(),
                    provenance));
    long rows = written.stream().mapToLong(DataFile::rows).sum();
    if (rows != expected) {
      throw new IOException(
          String.format("cells has %d rows, replicates has %d cells", rows, expected));
    }
    commit.replace(Tables.CELLS, written, provenance);
  }

  /** One row for each cell that has replicates. */
  private JavaRDD<@Nullable Object[]> build(List<Cell> cells, Holdings holdings) {
    int slices = slices(holdings.cells().size());
    JavaPairRDD<String, CellFigures> figures =
        CellFiguresSql.isWanted(spark) ? CellFiguresSql.of(spark, folder) : figures(slices);
    return figures
        .leftOuterJoin(planned(cells, holdings), slices)
        .values()
        .map(cell -> CellRow.of(cell._1(), cell._2().orElse(new HashMap<>())));
  }

  /** The figures of every cell. */
  JavaPairRDD<String, CellFigures> figures(int slices) {
    Destination from = destination;
    return splits(Tables.REPLICATES)
        .flatMapToPair(split -> ReplicateFigures.read(from, split))
        .groupByKey(slices)
        .mapValues(CellFigures::of);
  }

  private JavaRDD<Split> splits(String table) {
    List<Split> splits =
        folder.dataFiles(table).stream().flatMap(file -> Split.of(file).stream()).toList();
    return context.parallelize(splits, Math.max(1, splits.size()));
  }

  /** Tasks of so many cells: as many as there are cores, more if each had much to hold. */
  private int slices(int cells) {
    int tasks = Math.max(context.defaultParallelism(), cells / CELLS_PER_TASK);
    return Math.max(1, Math.min(cells, tasks));
  }

  /**
   * Cells that are predicted together.
   *
   * @param stops why each of them has no more replicates; null where it may have more
   */
  private record Group(List<Cell> cells, List<@Nullable Stop> stops) implements Serializable {
    List<Map<String, @Nullable Object>> rows() {
      List<Map<String, @Nullable Object>> rows = CellsTable.rows(cells);
      for (int i = 0; i < rows.size(); i++) {
        Stop stop = stops.get(i);
        rows.get(i).put("stopped", stop == null ? null : stop.id());
      }
      return rows;
    }
  }

  /** What does not come from replicates, by cell. */
  private JavaPairRDD<String, Map<String, @Nullable Object>> planned(
      List<Cell> cells, Holdings holdings) {
    Map<String, Stop> stops = holdings.progress().stops();
    List<Group> groups =
        Predictors.groups(cells).stream()
            .map(group -> new Group(group, stops(group, stops)))
            .toList();
    Destination from = destination;
    JavaPairRDD<String, Map<String, @Nullable Object>> planned =
        context
            .parallelize(groups, slices(cells.size()))
            .flatMap(
                group -> {
                  from.shareFileSystems(); // Predictions for chosen inputs read them.
                  return group.rows().iterator();
                })
            .mapToPair(row -> new Tuple2<>((String) row.get("cell_id"), row));
    Set<String> known = cells.stream().map(Cell::id).collect(Collectors.toSet());
    return known.containsAll(holdings.cells()) ? planned : planned.union(earlier(known));
  }

  private static List<@Nullable Stop> stops(List<Cell> group, Map<String, Stop> stops) {
    List<@Nullable Stop> own = new ArrayList<>();
    group.forEach(cell -> own.add(stops.get(cell.id())));
    return own;
  }

  /** Cells that the spec no longer has keep what the table says of them. */
  private JavaPairRDD<String, Map<String, @Nullable Object>> earlier(Set<String> known) {
    Destination from = destination;
    List<Column> columns = plannedColumns();
    return splits(Tables.CELLS)
        .flatMap(split -> from.open(split, columns))
        .filter(row -> !known.contains((String) row[0]))
        .mapToPair(row -> new Tuple2<>((String) row[0], Schemas.named(columns, row)));
  }

  private static List<Map<String, @Nullable Object>> rows(List<Cell> group) {
    List<Optional<Theory>> theories = Predictors.predict(group);
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      Map<String, @Nullable Object> row = new HashMap<>();
      row.put("cell_id", group.get(i).id());
      theories.get(i).ifPresent(theory -> addTo(row, theory.limit(), theory.probes()));
      rows.add(row);
    }
    return rows;
  }

  private static void addTo(
      Map<String, @Nullable Object> row, Prediction prediction, ProbePrediction probes) {
    probes.scalars().forEach((name, value) -> row.put("theory_" + name, value));
    row.put("theory_profile_ln_ntk", probes.lnNtk());
    row.put("theory_profile_ln_ntk_standard", probes.lnNtkStandard());
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
    bands.scalars().forEach((name, band) -> put(row, "expected_" + name, band));
    put(row, "expected_profile_ln_q", bands.profileLnQ());
    put(row, "expected_profile_c", bands.profileC());
  }

  private static void put(Map<String, @Nullable Object> row, String name, Band band) {
    row.put(name, trusted(band, band.mean()));
    row.put(name + "_sd", trusted(band, band.standardDeviation()));
  }

  private static void put(Map<String, @Nullable Object> row, String name, List<Band> profile) {
    row.put(name, profile.stream().map(band -> trusted(band, band.mean())).toList());
    row.put(
        name + "_sd",
        profile.stream().map(band -> trusted(band, band.standardDeviation())).toList());
  }

  /** A number of a band, null where its first order in 1/n is not enough. */
  private static @Nullable Double trusted(Band band, double number) {
    boolean finite = Double.isFinite(band.mean()) && Double.isFinite(band.standardDeviation());
    return band.reliable() && finite ? number : null;
  }

  /** What does not come from rows. */
  private static List<Column> plannedColumns() {
    return Tables.cells().stream()
        .filter(
            c ->
                List.of("cell_id", "phase", "stopped").contains(c.name())
                    || c.name().startsWith("theory_")
                    || c.name().startsWith("expected_"))
        .toList();
  }
}
