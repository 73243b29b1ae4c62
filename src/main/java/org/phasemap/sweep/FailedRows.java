package org.phasemap.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.Column;
import org.phasemap.store.Commit;
import org.phasemap.store.ManifestEntry.DataFile;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.RowFile;
import org.phasemap.store.Tables;

/** Takes failed rows out of {@code replicates}, so that they are missing. */
final class FailedRows {
  private final ResultsFolder folder;
  private final Configuration configuration;
  private final Commit commit;

  FailedRows(ResultsFolder folder, Configuration configuration, Commit commit) {
    this.folder = folder;
    this.configuration = configuration;
    this.commit = commit;
  }

  /** Writes the files that have failed rows again without them, and makes these the table. */
  void discard(Map<String, String> provenance) throws IOException {
    List<Column> columns = Tables.replicates();
    int status = columns.indexOf(Tables.replicatesColumn("status"));
    List<DataFile> before = folder.dataFiles(Tables.REPLICATES);
    List<DataFile> after = new ArrayList<>();
    for (DataFile file : before) {
      List<@Nullable Object[]> kept =
          RowFile.read(configuration, folder.uri(), file.path(), columns).stream()
              .filter(row -> !"failed".equals(row[status]))
              .toList();
      if (kept.size() == file.rows()) {
        after.add(file);
      } else if (!kept.isEmpty()) {
        after.add(
            RowFile.write(
                configuration,
                folder.uri(),
                commit.newPath(Tables.REPLICATES) + ".parquet",
                columns,
                provenance,
                kept.iterator()));
      }
    }
    if (!after.equals(before)) {
      commit.replace(Tables.REPLICATES, after, provenance);
    }
  }
}
