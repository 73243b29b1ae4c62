package org.phasemap.cli.results;

import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.phasemap.network.UserException;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.store.ResultsFolder;

/** Finds cells by the first digits of their ids. */
final class CellIds {
  private static final int SHOWN = 5;

  private CellIds() {}

  /**
   * The one cell whose id begins so.
   *
   * @param name of the parameter or option, for messages
   * @throws UserException if there is none, or more than one
   */
  static String of(Query query, ResultsFolder folder, String name, String cell) {
    String beginning = cell.strip().toLowerCase(Locale.ROOT);
    Rows rows =
        query.rows(
            "select cell_id from cells where starts_with(cell_id, ?) order by cell_id", beginning);
    if (rows.size() == 1) {
      return rows.row(0).text("cell_id");
    }
    List<String> some =
        StreamSupport.stream(rows.spliterator(), false)
            .limit(SHOWN)
            .map(row -> row.text("cell_id"))
            .toList();
    throw new UserException(
        String.format(
            "%s: %s is not allowed: %s in %s; allowed: a cell_id of its tables, or as much of one"
                + " as no other begins with",
            name,
            cell,
            some.isEmpty()
                ? "no cell_id begins so"
                : String.format(
                    "%,d cell_ids begin so, such as %s", rows.size(), String.join(", ", some)),
            folder.path("")));
  }
}
