package org.phasemap.sweep.table;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Stop;
import org.phasemap.predict.Outlook;
import org.phasemap.predict.Predictors;
import org.phasemap.rows.CellFigures;
import org.phasemap.rows.CellRow;
import org.phasemap.rows.Holdings;
import org.phasemap.rows.Provenance;
import org.phasemap.rows.ReplicateFigures;
import org.phasemap.spec.Spec;
import org.phasemap.store.Commit;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.RowReader;
import org.phasemap.store.parquet.Split;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;
import org.phasemap.sweep.cluster.Jobs;
import scala.Tuple2;

/**
 * Builds {@code cells}: brings the replicates of each cell together, and beside their figures sets
 * what the plan knows of it, the theory's predictions and why there are no more replicates.
 */
public final class CellsTable {
  /** A few hundred bytes for each replicate, and what is predicted of every layer. */
  private static final int CELLS_PER_TASK = 5_000;

  private static final int CELLS_PER_FILE = 50_000;

  private static final List<Column> CELL_ID = Tables.cells().subList(0, 1);

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final ResultsFolder folder;
  private final Destination destination;

  public CellsTable(SparkSession spark, ResultsFolder folder, Destination destination) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.folder = folder;
    this.destination = destination;
  }

  /** Whether nothing is missing, {@code cells} included. */
  public static boolean areComplete(Holdings holdings, ResultsFolder folder, Spec spec) {
    return holdings.progress().missing() == 0 && areCurrent(folder, spec);
  }

  /** Whether the latest commit is {@code cells}, built for this very spec with all its columns. */
  public static boolean areCurrent(ResultsFolder folder, Spec spec) {
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
  public void replace(
      List<Cell> cells, Holdings holdings, Commit commit, Map<String, String> provenance)
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
    checkCells(written, holdings.cells());
    commit.replace(Tables.CELLS, written, provenance);
  }

  /** Each cell must be there, once. */
  private void checkCells(List<DataFile> written, Set<String> expected) throws IOException {
    Set<String> found = new HashSet<>();
    for (DataFile file : written) {
      for (@Nullable Object[] row : destination.read(file.path(), CELL_ID)) {
        found.add((String) Objects.requireNonNull(row[0]));
      }
    }
    long rows = written.stream().mapToLong(DataFile::rows).sum();
    if (rows != expected.size() || !found.equals(expected)) {
      int common = (int) found.stream().filter(expected::contains).count();
      throw new IllegalStateException(
          String.format(
              "cells has %,d rows, with %,d of the %,d cells of replicates",
              rows, common, expected.size()));
    }
  }

  /** One row for each cell that has replicates. */
  private JavaRDD<@Nullable Object[]> build(List<Cell> cells, Holdings holdings) {
    int slices = slices(holdings.cells().size());
    JavaPairRDD<String, CellFigures> figures =
        CellFiguresSql.isWanted(spark) ? CellFiguresSql.of(spark, folder) : figures(slices);
    return figures
        .leftOuterJoin(planned(cells, holdings), slices)
        .values()
        .map(cell -> CellRow.of(cell._1(), cell._2().orElse(null)));
  }

  /** The figures of every cell. */
  JavaPairRDD<String, CellFigures> figures(int slices) {
    Destination from = destination;
    return splits(Tables.REPLICATES)
        .flatMapToPair(split -> read(from, split))
        .groupByKey(slices)
        .mapValues(CellFigures::of);
  }

  /** The rows of a part of a file, by cell; a cell may come more than once. */
  private static Iterator<Tuple2<String, ReplicateFigures>> read(Destination from, Split split)
      throws IOException {
    RowReader rows = from.open(split, ReplicateFigures.COLUMNS);
    return new Iterator<>() {
      private @Nullable Object @Nullable [] next = row(rows);

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Tuple2<String, ReplicateFigures> next() {
        @Nullable Object[] first = next;
        if (first == null) {
          throw new NoSuchElementException();
        }
        String cell = (String) Objects.requireNonNull(first[0]);
        List<@Nullable Object[]> same = new ArrayList<>();
        for (; next != null && cell.equals(next[0]); next = row(rows)) {
          same.add(next);
        }
        return new Tuple2<>(cell, ReplicateFigures.of(same));
      }
    };
  }

  private static @Nullable Object @Nullable [] row(RowReader rows) {
    return rows.hasNext() ? rows.next() : null;
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
    /** What is planned of each; the first column is its id. */
    List<@Nullable Object[]> rows() {
      List<Outlook> outlooks = Predictors.predict(cells);
      List<@Nullable Object[]> rows = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        Stop stop = stops.get(i);
        rows.add(CellRow.planned(cells.get(i).id(), outlooks.get(i), stop));
      }
      return rows;
    }
  }

  /** What does not come from replicates, by cell. */
  private JavaPairRDD<String, @Nullable Object[]> planned(List<Cell> cells, Holdings holdings) {
    Map<String, Stop> stops = holdings.progress().stops();
    List<Group> groups =
        Predictors.groups(cells).stream()
            .map(group -> new Group(group, stops(group, stops)))
            .toList();
    JavaPairRDD<String, @Nullable Object[]> planned =
        context
            .parallelize(groups, slices(cells.size()))
            .flatMap(group -> group.rows().iterator())
            .mapToPair(row -> new Tuple2<>((String) row[0], row));
    Set<String> known = cells.stream().map(Cell::id).collect(Collectors.toSet());
    return known.containsAll(holdings.cells()) ? planned : planned.union(earlier(known));
  }

  private static List<@Nullable Stop> stops(List<Cell> group, Map<String, Stop> stops) {
    List<@Nullable Stop> own = new ArrayList<>();
    group.forEach(cell -> own.add(stops.get(cell.id())));
    return own;
  }

  /** Cells that the spec no longer has keep what the table says of them. */
  private JavaPairRDD<String, @Nullable Object[]> earlier(Set<String> known) {
    Destination from = destination;
    List<Column> columns = CellRow.plannedColumns();
    return splits(Tables.CELLS)
        .flatMap(split -> from.open(split, columns))
        .filter(row -> !known.contains((String) row[0]))
        .mapToPair(row -> new Tuple2<>((String) row[0], CellRow.earlier(row)));
  }
}
