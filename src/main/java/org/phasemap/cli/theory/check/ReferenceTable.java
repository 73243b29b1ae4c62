package org.phasemap.cli.theory.check;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.cli.theory.CsvTable;
import org.phasemap.network.UserException;

/** A table of reference values; columns are found by name. */
final class ReferenceTable {
  private static final List<String> NEEDED =
      List.of("key", "arch", "parameters", "value", "tol_type", "tol");

  private ReferenceTable() {}

  /** Every row of a file, checked where there is a formula to compare with. */
  static List<ReferenceRow> read(String file) {
    List<CsvTable.Line> lines = CsvTable.read(file);
    if (lines.isEmpty()) {
      throw new UserException(file + ": is empty; allowed: a header and at least one row");
    }
    CsvTable.Line header = lines.get(0);
    List<String> columns = header.fields().stream().map(String::strip).toList();
    List<String> missing = NEEDED.stream().filter(name -> !columns.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          String.format(
              "%s:%d: missing columns %s; allowed: a header with %s",
              file, header.line(), String.join(", ", missing), String.join(", ", NEEDED)));
    }
    if (lines.size() == 1) {
      throw new UserException(file + ": has no rows; allowed: a header and at least one row");
    }
    List<ReferenceRow> rows = new ArrayList<>();
    for (CsvTable.Line line : lines.subList(1, lines.size())) {
      if (line.fields().size() != columns.size()) {
        throw new UserException(
            String.format(
                "%s:%d: %d fields; allowed: %d, as in the header",
                file, line.line(), line.fields().size(), columns.size()));
      }
      rows.add(ReferenceRow.of(file + ":" + line.line(), columns, line.fields()));
    }
    return rows;
  }
}
