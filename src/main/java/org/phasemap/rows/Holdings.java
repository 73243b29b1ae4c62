package org.phasemap.rows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Progress;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.parquet.RowReader;
import org.phasemap.store.parquet.Split;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * What {@code replicates} holds by now.
 *
 * @param progress of the plan
 * @param cells with rows, the plan's and others
 * @param rows in all
 * @param failed of these
 * @param twice of these, rows of a cell and replicate that an earlier row is of
 */
public record Holdings(Progress progress, Set<String> cells, long rows, long failed, long twice) {
  /** Reads the few columns that say so. */
  public static Holdings read(Plan plan, ResultsFolder folder, Configuration configuration)
      throws IOException {
    Progress progress = new Progress(plan);
    List<String> names = new ArrayList<>(List.of("cell_id", "replicate", "status"));
    names.addAll(progress.columns());
    List<Column> columns = names.stream().map(Tables::replicatesColumn).toList();
    SeenRows seen = new SeenRows();
    long rows = 0;
    long failed = 0;
    long twice = 0;
    for (DataFile file : folder.dataFiles(Tables.REPLICATES)) {
      try (RowReader reader =
          RowFile.open(configuration, folder.uri(), Split.whole(file.path()), columns)) {
        while (reader.hasNext()) {
          @Nullable Object[] row = reader.next();
          double[] values = new double[names.size() - 3];
          for (int i = 0; i < values.length; i++) {
            values[i] = row[i + 3] instanceof Number value ? value.doubleValue() : Double.NaN;
          }
          String cell = Objects.requireNonNull((String) row[0]);
          int replicate = Objects.requireNonNull((Integer) row[1]);
          progress.add(cell, replicate, values);
          twice += seen.add(cell, replicate) ? 0 : 1;
          rows++;
          failed += "failed".equals(row[2]) ? 1 : 0;
        }
      }
    }
    return new Holdings(progress, seen.cells(), rows, failed, twice);
  }

  /**
   * Refuses rows that are there twice: no sweep leaves them, and means would count them twice.
   *
   * @throws UserException that says how to find and mend them
   */
  public void requireNoneTwice(ResultsFolder folder) {
    if (twice > 0) {
      throw new UserException(
          String.format(
              "%s: is damaged (%,d rows are of a cell and replicate that another row is of);"
                  + " 'phasemap status %s --verify' names the files, and 'phasemap sweep SPEC"
                  + " --retry-damaged' measures their rows again",
              folder.path(Tables.REPLICATES), twice, folder.path("")));
    }
  }
}
