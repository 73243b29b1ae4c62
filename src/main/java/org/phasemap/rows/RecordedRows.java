package org.phasemap.rows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/** The rows of single cells in {@code replicates}, without the others in memory. */
public final class RecordedRows {
  private static final Column CELL_ID = Tables.replicatesColumn("cell_id");

  private final ResultsFolder folder;
  private final Configuration configuration;

  /** Of a results folder. */
  public RecordedRows(ResultsFolder folder, Configuration configuration) {
    this.folder = folder;
    this.configuration = configuration;
  }

  /**
   * A row as it was committed.
   *
   * @param values in the order of the columns
   * @param columns that its file has; an older one lacks some
   * @param provenance of the runs that measured its file's rows
   */
  public record Recorded(
      @Nullable Object[] values, List<Column> columns, Map<String, String> provenance) {
    /** Its values by column. */
    public Map<String, @Nullable Object> named() {
      return NamedValues.of(columns, values);
    }

    /** The number of its network. */
    public int replicate() {
      return (Integer) Objects.requireNonNull(named().get("replicate"));
    }
  }

  /** Ids of the cells with rows that begin so. */
  public SortedSet<String> cells(String beginning) throws IOException {
    SortedSet<String> cells = new TreeSet<>();
    for (DataFile file : folder.dataFiles(Tables.REPLICATES)) {
      for (@Nullable Object[] row : read(file, List.of(CELL_ID), beginning)) {
        cells.add(Objects.requireNonNull((String) row[0]));
      }
    }
    return cells;
  }

  /** All rows of a cell, by replicate. */
  public List<Recorded> of(String cellId) throws IOException {
    Map<String, Map<String, String>> makers = new HashMap<>();
    for (ManifestEntry entry : folder.manifest()) {
      entry.files().forEach(file -> makers.putIfAbsent(file.path(), entry.provenance()));
    }
    List<Recorded> rows = new ArrayList<>();
    for (DataFile file : folder.dataFiles(Tables.REPLICATES)) {
      List<Column> columns =
          RowFile.columns(configuration, folder.uri(), file.path(), Tables.replicates());
      // The manifest has who wrote a file, its footer who measured the rows; early ones have none.
      Map<String, String> provenance = new HashMap<>(makers.getOrDefault(file.path(), Map.of()));
      provenance.putAll(RowFile.metadata(configuration, folder.uri(), file.path()));
      for (@Nullable Object[] row : read(file, columns, cellId)) {
        rows.add(new Recorded(row, columns, provenance));
      }
    }
    rows.sort((a, b) -> Integer.compare(a.replicate(), b.replicate()));
    return rows;
  }

  private List<@Nullable Object[]> read(DataFile file, List<Column> columns, String beginning)
      throws IOException {
    return RowFile.readBeginning(
        configuration, folder.uri(), file.path(), columns, CELL_ID, beginning);
  }
}
