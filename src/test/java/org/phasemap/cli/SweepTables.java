package org.phasemap.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.store.ResultsFolder;

/** Tables as text: doubles print so that equal text is equal bits. */
public final class SweepTables {
  private SweepTables() {}

  /** Every column but the timings. */
  public static List<String> replicates(Path folder) {
    return replicates(ResultsFolder.open(folder.toString()));
  }

  /** The same of a folder on any file system. */
  public static List<String> replicates(ResultsFolder folder) {
    return lines(
        folder,
        "select * exclude (unit_seconds, unit_rows) from replicates order by cell_id, replicate");
  }

  /** Every column. */
  public static List<String> cells(Path folder) {
    return cells(ResultsFolder.open(folder.toString()));
  }

  /** The same of a folder on any file system. */
  public static List<String> cells(ResultsFolder folder) {
    return lines(folder, "select * from cells order by cell_id");
  }

  /** What SQL gives, a line for each row, every value followed by a bar. */
  public static List<String> lines(ResultsFolder folder, String sql) {
    try (Query query = Query.open(folder)) {
      Rows rows = query.rows(sql);
      List<String> lines = new ArrayList<>();
      for (Rows.Row row : rows) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < rows.columns().size(); i++) {
          line.append(row.at(i)).append('|');
        }
        lines.add(line.toString());
      }
      return lines;
    }
  }
}
