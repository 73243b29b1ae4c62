package org.phasemap.cli.theory.check;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.data.CsvText;
import org.phasemap.network.UserException;

/** A table of reference values; columns are found by name. */
final class ReferenceTable {
  private static final List<String> NEEDED =
      List.of("key", "arch", "parameters", "value", "tol_type", "tol");

  private ReferenceTable() {}

  /** Every row of a file, checked where there is a formula to compare with. */
  static List<ReferenceRow> read(String file) {
    CsvText text = CsvText.of(file);
    List<String> columns = text.next();
    if (columns.isEmpty()) {
      throw new UserException(file + ": is empty; allowed: a header and at least one row");
    }
    List<String> missing = NEEDED.stream().filter(name -> !columns.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          String.format(
              "%s:%d: missing columns %s; allowed: a header with %s",
              file, text.line(), String.join(", ", missing), String.join(", ", NEEDED)));
    }
    List<ReferenceRow> rows = new ArrayList<>();
    for (List<String> row = text.next(); !row.isEmpty(); row = text.next()) {
      if (row.size() != columns.size()) {
        throw new UserException(
            String.format(
                "%s:%d: %d fields; allowed: %d, as in the header",
                file, text.line(), row.size(), columns.size()));
      }
      rows.add(ReferenceRow.of(file + ":" + text.line(), columns, row));
    }
    if (rows.isEmpty()) {
      throw new UserException(file + ": has no rows; allowed: a header and at least one row");
    }
    return rows;
  }
}
