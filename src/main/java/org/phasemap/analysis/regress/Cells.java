package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/** The grid of the baseline: the axes on which its cells differ, and where each cell stands. */
final class Cells {
  /** Unit roundoff of float32. */
  private static final double ROUNDOFF = 0x1p-24;

  /**
   * A cell's place in the grid.
   *
   * @param width n, at least 1
   * @param depth L, at least 1
   * @param values on the axes of the grid, in their order; null where it has none
   */
  record Place(int width, int depth, List<@Nullable Object> values) {
    /**
     * How far float32 may move a logarithm or a mean: products over n units err by √n roundoffs
     * (Higham and Mary 2019, for sums in any order), once a layer. Chaotic networks let errors grow
     * beyond that; such differences have no preferred sign, and the tests take them for chance.
     */
    double rounding() {
      return Math.sqrt(width) * depth * ROUNDOFF;
    }
  }

  private final List<Axis<?>> axes = new ArrayList<>();
  private final Map<String, Place> places = new HashMap<>();

  /** Of the table {@code place}. */
  static Cells of(Query query) {
    Cells cells = new Cells();
    String counts =
        Axis.all().stream()
            .map(
                a ->
                    "count(distinct %1$s) + (count(*) > count(%1$s) and count(%1$s) > 0)::int as %1$s"
                        .formatted(a.column()))
            .collect(Collectors.joining(", "));
    Rows.Row count = query.rows("select " + counts + " from place").row(0);
    boolean byMultiplier = count.whole(Axis.SIGMA_MULTIPLIER.column()) > 1;
    for (Axis<?> axis : Axis.all()) {
      // With a scheme, σ_w² follows from the multiplier and gives each activation values of its
      // own.
      boolean follows = byMultiplier && axis.equals(Axis.SIGMA_W2);
      if (count.whole(axis.column()) > 1 && !follows) {
        cells.axes.add(axis);
      }
    }
    String values = cells.axes.stream().map(a -> ", " + a.column()).collect(Collectors.joining());
    String sql = "select cell_id, width as n, depth as l" + values + " from place";
    for (Rows.Row row : query.rows(sql)) {
      List<@Nullable Object> place = new ArrayList<>();
      cells.axes.forEach(axis -> place.add(row.value(axis.column())));
      cells.places.put(
          row.text("cell_id"),
          new Place((int) Math.max(1, row.whole("n")), (int) Math.max(1, row.whole("l")), place));
    }
    return cells;
  }

  /** On which cells differ. */
  List<Axis<?>> axes() {
    return axes;
  }

  int size() {
    return places.size();
  }

  Map<String, Place> places() {
    return places;
  }

  /**
   * Where a cell stands.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  Place place(String cell) {
    Place place = places.get(cell);
    if (place == null) {
      throw new IllegalArgumentException("no cell " + cell);
    }
    return place;
  }
}
