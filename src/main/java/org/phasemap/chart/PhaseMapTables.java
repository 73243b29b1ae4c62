package org.phasemap.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.phasemap.chart.PhaseMap.Spot;
import org.phasemap.chart.PhaseMap.State;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/** Reads the maps of a plane from the tables. */
record PhaseMapTables(Query query, Plane plane, List<Facet> facets) {

  /** The map of an activation; without columns where it has no cells there. */
  PhaseMap map(String activation) {
    Rows rows =
        query.rows(
            """
            select c.%s as x, c.%s as y, c.finite, c.%s_mean as value, c.theory_chi1,
              coalesce(n.exploded, 0) as exploded, coalesce(n.vanished, 0) as vanished
            from cells c left join %s n on c.cell_id = n.cell_id
            where task = 'propagation' and %%s
            """
                .formatted(plane.x(), plane.y(), plane.quantity(), CellsTable.COUNTS),
            condition(activation, facets));
    TreeSet<Double> xs = new TreeSet<>();
    TreeSet<Double> ys = new TreeSet<>();
    for (Rows.Row row : rows) {
      xs.add(row.number("x"));
      ys.add(row.number("y"));
    }
    PhaseMap map = PhaseMap.empty(activation, List.copyOf(xs), List.copyOf(ys));
    for (Rows.Row row : rows) {
      int line = Collections.binarySearch(map.ys(), row.number("y"));
      map.spots().get(line).set(Collections.binarySearch(map.xs(), row.number("x")), spot(row));
    }
    if (!map.xs().isEmpty() && plane.y().equals("depth")) {
      markTrained(map);
    }
    return map;
  }

  private Condition condition(String activation, List<Facet> at) {
    List<Condition> all = new ArrayList<>();
    all.add(Condition.is("activation", activation));
    all.add(Condition.of(plane.x() + " is not null"));
    at.forEach(facet -> all.add(facet.condition()));
    return Condition.allOf(all);
  }

  private static Spot spot(Rows.Row row) {
    boolean exploded = row.whole("exploded") > 0;
    boolean vanished = row.whole("vanished") > 0;
    State state;
    if (row.whole("finite") > 0) {
      state = exploded || vanished ? State.PARTLY_FINITE : State.FINITE;
    } else {
      state = exploded ? State.EXPLODED : vanished ? State.VANISHED : State.FAILED;
    }
    return new Spot(state, row.number("value"), Math.log(row.number("theory_chi1")), false);
  }

  /** Marks where at least half of the networks trained, for whatever was trained beside the map. */
  private void markTrained(PhaseMap map) {
    List<Facet> common =
        facets.stream().filter(facet -> Axis.in(Axis.Order.BESIDE).contains(facet.axis())).toList();
    String sql =
        "select %s as x, depth from cells where task = 'training' and 2 * trained >= replicates and %%s"
            .formatted(plane.x());
    for (Rows.Row row : query.rows(sql, condition(map.name(), common))) {
      markNearest(map, row.number("x"), row.number("depth"));
    }
  }

  /** Marks the spot that is nearest, if it is within half a column and half an octave of depth. */
  private static void markNearest(PhaseMap map, double x, double depth) {
    List<Double> columns = map.xs();
    Double column =
        columns.stream().min(Comparator.comparingDouble(c -> Math.abs(c - x))).orElseThrow();
    Double line =
        map.ys().stream()
            .min(Comparator.comparingDouble(l -> Math.abs(Math.log(l / depth))))
            .orElseThrow();
    double reach =
        columns.size() < 2
            ? Math.abs(column)
            : (columns.get(columns.size() - 1) - columns.get(0)) / (columns.size() - 1);
    if (Math.abs(column - x) <= reach && Math.abs(Math.log(line / depth)) <= Math.log(2) / 2) {
      int i = columns.indexOf(column);
      List<Spot> row = map.spots().get(map.ys().indexOf(line));
      row.set(i, row.get(i).asMarked());
    }
  }
}
