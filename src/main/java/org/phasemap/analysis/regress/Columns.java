package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/** Which quantities two tables have, and in how many cells. */
record Columns(List<Quantity> measured, Map<String, Long> cells) {
  /** Two networks are the fewest that say how much chance there is. */
  static final int FEWEST = 2;

  /**
   * Grouping the rows takes most of the time of a comparison, and each quantity that is read with
   * others takes memory for every cell.
   */
  static final int AT_ONCE = 8;

  /**
   * Those that have a value anywhere on both sides.
   *
   * @param query whose tables {@code before} and {@code after} are asked
   */
  static Columns of(Query query) {
    Rows.Row before = counts(query, Query.BEFORE);
    Rows.Row after = counts(query, Query.AFTER);
    List<Quantity> measured =
        Quantity.all().stream()
            .filter(q -> before.whole(q.column()) > 0 && after.whole(q.column()) > 0)
            .toList();
    return new Columns(measured, measured.isEmpty() ? Map.of() : cells(query, measured));
  }

  private static Rows.Row counts(Query query, String table) {
    return query
        .rows("select " + all(q -> "count(" + q.column() + ")", Quantity.all()) + " from " + table)
        .row(0);
  }

  private static Map<String, Long> cells(Query query, List<Quantity> quantities) {
    String enough =
        all(q -> "count(*) filter (where " + q.column() + " >= " + FEWEST + ")", quantities);
    Rows.Row row =
        query
            .rows(
                "select %s from (select %s from before group by cell_id)"
                    .formatted(enough, all(q -> "count(" + q.column() + ")", quantities)))
            .row(0);
    Map<String, Long> cells = new TreeMap<>();
    quantities.forEach(q -> cells.put(q.column(), row.whole(q.column())));
    return cells;
  }

  private static String all(Function<Quantity, String> expression, List<Quantity> quantities) {
    return quantities.stream()
        .map(q -> String.format(Locale.ROOT, "%s as %s", expression.apply(q), q.column()))
        .collect(Collectors.joining(", "));
  }

  /** The quantities that are read together with one, itself among them. */
  List<Quantity> beside(Quantity quantity) {
    return portions(measured).stream().filter(p -> p.contains(quantity)).findFirst().orElseThrow();
  }

  /** Parts of a list that are read together. */
  static <T> List<List<T>> portions(List<T> all) {
    List<List<T>> portions = new ArrayList<>();
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      portions.add(all.subList(from, Math.min(from + AT_ONCE, all.size())));
    }
    return portions;
  }

  long tests(Quantity quantity) {
    return cells.getOrDefault(quantity.column(), 0L);
  }
}
