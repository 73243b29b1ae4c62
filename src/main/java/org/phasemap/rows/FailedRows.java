package org.phasemap.rows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.Commit;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.parquet.RowReader;
import org.phasemap.store.parquet.Split;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * Takes failed rows out of {@code replicates}, so that they are missing.
 *
 * <p>Retrying begins with this, in one commit. If it is killed right after, the sweep has the cells
 * as missing rows and measures them as any others.
 */
public final class FailedRows {
  private final ResultsFolder folder;
  private final Configuration configuration;
  private final Commit commit;

  /** Of a results folder. */
  public FailedRows(ResultsFolder folder, Configuration configuration, Commit commit) {
    this.folder = folder;
    this.configuration = configuration;
    this.commit = commit;
  }

  /** Writes the files that have failed rows again without them, and makes these the table. */
  public void discard(Map<String, String> provenance) throws IOException {
    List<DataFile> before = folder.dataFiles(Tables.REPLICATES);
    List<DataFile> after = new ArrayList<>();
    for (DataFile file : before) {
      long failed = failed(file);
      if (failed == 0) {
        after.add(file);
      } else if (failed < file.rows()) {
        DataFile rest = withoutFailed(file);
        if (rest.rows() != file.rows() - failed) {
          throw new IllegalStateException(
              String.format(
                  "%s has %,d rows, expected %,d: %s without its failed ones",
                  rest.path(), rest.rows(), file.rows() - failed, file.path()));
        }
        after.add(rest);
      }
    }
    if (!after.equals(before)) {
      commit.replace(Tables.REPLICATES, after, provenance);
    }
  }

  private long failed(DataFile file) throws IOException {
    long failed = 0;
    try (RowReader rows = open(file, List.of(Tables.replicatesColumn("status")))) {
      while (rows.hasNext()) {
        failed += isFailed(rows.next()[0]) ? 1 : 0;
      }
    }
    return failed;
  }

  private DataFile withoutFailed(DataFile file) throws IOException {
    List<Column> columns = Tables.replicates();
    int status = columns.indexOf(Tables.replicatesColumn("status"));
    try (RowReader rows = open(file, columns)) {
      Stream<@Nullable Object[]> all =
          StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false);
      return RowFile.write(
          configuration,
          folder.uri(),
          commit.newPath(Tables.REPLICATES) + ".parquet",
          columns,
          RowFile.metadata(configuration, folder.uri(), file.path()),
          all.filter(row -> !isFailed(row[status])).iterator());
    }
  }

  private RowReader open(DataFile file, List<Column> columns) throws IOException {
    return RowFile.open(configuration, folder.uri(), Split.whole(file.path()), columns);
  }

  private static boolean isFailed(@Nullable Object status) {
    return "failed".equals(status);
  }
}
