package org.phasemap.rows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.quantity.Axis;
import org.phasemap.store.Damage;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.DamagedFile;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.parquet.RowReader;
import org.phasemap.store.parquet.Split;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * Finds committed files whose bytes are those that were written, and whose rows cannot be those
 * that were measured: a row twice, a row of one cell under the id of another, a cell of one table
 * that the other does not have. No sweep leaves such. It reads all of both tables.
 */
public final class WrongRows {
  /** Values of an axis may have been computed in another order by another version. */
  private static final double ROUNDING = 1e-9;

  private final ResultsFolder folder;
  private final Configuration configuration;
  private final Map<String, Cell> planned = new HashMap<>();
  private final Map<String, Long> rowsOfCells = new HashMap<>();
  private final Set<Damage> found = new LinkedHashSet<>();

  private final List<DataFile> replicates;
  private final List<DataFile> cells;

  /** Whether {@code cells} are of all these replicates. */
  private final boolean current;

  private WrongRows(Plan plan, ResultsFolder folder, Configuration configuration) {
    this.folder = folder;
    this.configuration = configuration;
    replicates = folder.dataFiles(Tables.REPLICATES);
    cells = folder.cellsAreOutdated() ? List.of() : folder.dataFiles(Tables.CELLS);
    current = !folder.cellsAreBehind();
    plan.cells().forEach(cell -> planned.put(cell.id(), cell));
  }

  /**
   * Reads all rows of a results folder. A sweep may add to it meanwhile: what is found then may be
   * of files that belong to different moments, and they are read again.
   *
   * @param plan of its spec; cells that it does not have are not held to their configuration
   * @return the files with such rows, in the order of the tables
   * @throws UserException if one cannot be read for a reason that is not its own
   */
  public static List<Damage> find(Plan plan, ResultsFolder folder, Configuration configuration)
      throws IOException {
    while (true) {
      int entries = folder.manifest().size();
      WrongRows wrong = new WrongRows(plan, folder, configuration);
      try {
        wrong.replicates();
        wrong.cells();
        if (wrong.found.isEmpty() || folder.manifest().size() == entries) {
          return List.copyOf(wrong.found);
        }
      } catch (UserException e) { // A file that was merged meanwhile is gone.
        if (folder.manifest().size() == entries) {
          throw e;
        }
      }
    }
  }

  /** Counts of rows of a file that have some fault. */
  private static final class Faults {
    private final Map<String, Long> rows = new LinkedHashMap<>();

    void add(boolean fault, String what) {
      if (fault) {
        rows.merge(what, 1L, Long::sum);
      }
    }

    void addTo(Set<Damage> found, String table, DataFile file) {
      if (!rows.isEmpty()) {
        List<String> what = new ArrayList<>();
        rows.forEach((fault, count) -> what.add(String.format("%,d %s", count, fault)));
        found.add(new Damage(table, file, "has wrong rows: " + String.join(", ", what)));
      }
    }
  }

  private void replicates() throws IOException {
    Set<List<Object>> twice = new HashSet<>();
    SeenRows seen = new SeenRows();
    Map<DataFile, Faults> faults = new LinkedHashMap<>();
    for (DataFile file : replicates) {
      Faults ofFile = new Faults();
      faults.put(file, ofFile);
      Configured configured = new Configured(file, Tables.replicates());
      int replicate = configured.place("replicate");
      read(
          Tables.REPLICATES,
          file,
          Tables.replicates(),
          row -> {
            String cell = cell(row);
            int number = Objects.requireNonNull((Integer) row[replicate]);
            if (!seen.add(cell, number)) {
              twice.add(List.of(cell, number));
            }
            rowsOfCells.merge(cell, 1L, Long::sum);
            configured.check(row, ofFile);
          });
    }
    if (!twice.isEmpty()) {
      // Either of two may be the wrong one.
      for (DataFile file : faults.keySet()) {
        List<Column> keys =
            List.of(Tables.replicates().get(0), Tables.replicatesColumn("replicate"));
        read(
            Tables.REPLICATES,
            file,
            keys,
            row ->
                faults
                    .get(file)
                    .add(
                        twice.contains(List.of(cell(row), Objects.requireNonNull(row[1]))),
                        "of a cell and replicate that another row is of"));
      }
    }
    faults.forEach((file, ofFile) -> ofFile.addTo(found, Tables.REPLICATES, file));
  }

  private void cells() throws IOException {
    if (cells.isEmpty()) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (DataFile file : cells) {
      Faults faults = new Faults();
      Configured configured = new Configured(file, Tables.cells());
      int replicates = configured.place("replicates");
      int failed = configured.place("failed");
      read(
          Tables.CELLS,
          file,
          Tables.cells(),
          row -> {
            String cell = cell(row);
            faults.add(!seen.add(cell), "of a cell that another row is of");
            long rows = number(row[replicates]) + number(row[failed]);
            long expected = rowsOfCells.getOrDefault(cell, 0L);
            faults.add(current && expected == 0, "of a cell without replicates");
            faults.add(
                current && expected > 0 && rows != expected,
                "with another number of replicates than there are");
            configured.check(row, faults);
          });
      faults.addTo(found, Tables.CELLS, file);
    }
    long missing = rowsOfCells.keySet().stream().filter(cell -> !seen.contains(cell)).count();
    if (current && missing > 0) {
      String what = String.format("and the table's other files lack %,d cells", missing);
      found.add(new Damage(Tables.CELLS, cells.get(0), what));
    }
  }

  private static String cell(@Nullable Object[] row) {
    return Objects.requireNonNull((String) row[0]);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  /** Gives the rows of a file up to the first that cannot be read. */
  private void read(
      String table, DataFile file, List<Column> columns, Consumer<@Nullable Object[]> each)
      throws IOException {
    try (RowReader rows =
        RowFile.open(configuration, folder.uri(), Split.whole(file.path()), columns)) {
      while (rows.hasNext()) {
        each.accept(rows.next());
      }
    } catch (UserException e) {
      found.add(new Damage(table, file, DamagedFile.what(e).orElseThrow(() -> e)));
    }
  }

  /** Holds rows to the configurations of their cells, by the columns that a file has. */
  private final class Configured {
    private final List<String> names;
    private final List<Axis<?>> axes;
    private final int[] places;
    private String last = "";

    /** Of the last cell; null where nothing is known. */
    private final @Nullable Object[] expected;

    Configured(DataFile file, List<Column> columns) throws IOException {
      names = columns.stream().map(Column::name).toList();
      Set<String> there = new HashSet<>();
      RowFile.columns(configuration, folder.uri(), file.path(), columns)
          .forEach(column -> there.add(column.name()));
      axes = Axis.all().stream().filter(axis -> there.contains(axis.column())).toList();
      places = axes.stream().mapToInt(axis -> place(axis.column())).toArray();
      expected = new Object[places.length];
    }

    int place(String column) {
      return names.indexOf(column);
    }

    void check(@Nullable Object[] row, Faults faults) {
      String id = cell(row);
      if (!id.equals(last)) { // The rows of a cell stand together.
        last = id;
        Cell cell = planned.get(id);
        for (int i = 0; i < expected.length; i++) {
          expected[i] = cell == null ? null : cell.values().findStored(axes.get(i));
        }
      }
      faults.add(!isExpected(row), "with another configuration than their cell_id's");
    }

    private boolean isExpected(@Nullable Object[] row) {
      for (int i = 0; i < places.length; i++) {
        Object value = expected[i];
        if (value != null && !same(value, row[places[i]])) {
          return false;
        }
      }
      return true;
    }

    private static boolean same(Object value, @Nullable Object stored) {
      if (value instanceof Double x) { // Rows have null for what is not finite.
        return !Double.isFinite(x)
            || (stored instanceof Double y && Math.abs(x - y) <= ROUNDING * Math.abs(x));
      }
      return value.equals(stored);
    }
  }
}
