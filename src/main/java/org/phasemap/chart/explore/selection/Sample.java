package org.phasemap.chart.explore.selection;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;

/**
 * The cells that a chart shows which has a mark for each, wherever it may lie: all, or a random
 * sample. Ids are hashes, so those below a bound are one.
 *
 * @param condition of the cells {@code c}
 * @param total of which these are
 */
public record Sample(Condition condition, long total) {
  /** More marks hide each other. */
  static final int MOST = 10_000;

  public static Sample of(Query query, Condition condition) {
    return of(condition, Cut.count(query, condition), List.of());
  }

  /**
   * Of a number of cells.
   *
   * @param always ids that are in it
   */
  public static Sample of(Condition condition, long total, List<String> always) {
    if (total <= MOST) {
      return new Sample(condition, total);
    }
    // 52 bits of a share are all that it has.
    String bound = String.format("%013x", (long) ((double) MOST / total * (1L << 52)));
    List<Object> values = new ArrayList<>(List.of(bound));
    values.addAll(always);
    String named =
        always.isEmpty()
            ? ""
            : " or c.cell_id in ("
                + String.join(", ", always.stream().map(id -> "?").toList())
                + ")";
    return new Sample(
        Condition.allOf(List.of(condition, new Condition("c.cell_id < ?" + named, values))), total);
  }

  /** Those that are not among so many. */
  public List<LeftOut> leftOut(long shown) {
    return shown == total
        ? List.of()
        : List.of(new LeftOut("this chart shows a random sample", total - shown));
  }
}
