package org.phasemap.chart.explore;

import java.util.List;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.explore.selection.LeftOut;
import org.phasemap.chart.explore.selection.Shown;
import org.phasemap.query.NamedQuery;
import org.phasemap.query.Query;

/**
 * The answer to a named query.
 *
 * @param name of the query
 * @param says what it answers
 * @param total rows of the answer
 * @param shown rows
 * @param leftOut rows that are not shown
 * @param columns the answer
 */
public record Answered(
    String name, String says, long total, long shown, List<LeftOut> leftOut, Columns columns) {

  /** Of the tables. */
  public static Answered of(Query query, NamedQuery named) {
    String rows = "(" + named.sql() + ")";
    long total = query.rows("select count(*) as n from " + rows).row(0).whole("n");
    Columns columns = Columns.of(query.rows("select * from " + rows + " limit " + Shown.MOST));
    List<LeftOut> leftOut =
        total > Shown.MOST
            ? List.of(new LeftOut("a browser gets at most 40,000 rows", total - Shown.MOST))
            : List.of();
    return new Answered(named.name(), named.says(), total, columns.size(), leftOut, columns);
  }
}
