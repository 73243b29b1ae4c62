package org.phasemap.chart.map;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.phasemap.chart.CellsTable;
import org.phasemap.chart.Rounded;
import org.phasemap.chart.map.PhaseMap.Spot;
import org.phasemap.chart.map.PhaseMap.State;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Figure;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * Reads the maps of a plane from the tables.
 *
 * @param architectures what each is called beside the others
 */
record PhaseMapTables(
    Query query, Plane plane, List<Facet> facets, Map<Object, String> architectures) {

  /** The map of values of the plane's facets; without columns where no cell has them. */
  PhaseMap map(List<Object> values) {
    Rows rows =
        query.rows(
            """
            select c.%1$s as x, c.%2$s as y, c.finite, c.%3$s_mean as value, c.theory_chi1,
              %4$s as error,
              coalesce(n.exploded, 0) as exploded, coalesce(n.vanished, 0) as vanished
            from cells c left join %5$s n on c.cell_id = n.cell_id
            where task = 'propagation' and %%s
            """
                .formatted(plane.x(), plane.y(), plane.quantity(), error(), CellsTable.COUNTS),
            condition(values, facets));
    TreeSet<Double> xs = new TreeSet<>();
    TreeSet<Double> ys = new TreeSet<>();
    for (Rows.Row row : rows) {
      xs.add(row.number("x"));
      ys.add(row.number("y"));
    }
    PhaseMap map = PhaseMap.empty(name(values), List.copyOf(xs), List.copyOf(ys));
    for (Rows.Row row : rows) {
      int line = Collections.binarySearch(map.ys(), row.number("y"));
      map.spots().get(line).set(Collections.binarySearch(map.xs(), row.number("x")), spot(row));
    }
    if (!map.xs().isEmpty() && plane.y().equals("depth") && plane.isOverSigma()) {
      markTrained(map, values);
    }
    return map;
  }

  private String error() {
    Quantity quantity = Quantity.of(plane.quantity());
    return Figure.SE.isOf(quantity) ? "c." + Figure.SE.column(quantity) : "null::double";
  }

  private String name(List<Object> values) {
    return IntStream.range(0, values.size())
        .mapToObj(i -> name(Axis.of(plane.facets().get(i)).orElseThrow(), values.get(i)))
        .collect(Collectors.joining(", "));
  }

  private String name(Axis<?> axis, Object value) {
    String shown =
        axis.equals(Axis.ARCHITECTURE)
            ? architectures.getOrDefault(value, value.toString())
            : Rounded.value(value);
    return axis.isSpeaking() ? shown : axis.column().replace('_', ' ') + " " + shown;
  }

  private Condition condition(List<Object> values, List<Facet> at) {
    List<Condition> all = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      all.add(Condition.is(plane.facets().get(i), values.get(i)));
    }
    all.add(Condition.of(plane.x() + " is not null and " + plane.y() + " is not null"));
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
    return new Spot(
        state,
        row.number("value"),
        row.number("error"),
        Math.log(row.number("theory_chi1")),
        false);
  }

  /** Marks where at least half of the networks trained, for whatever was trained beside the map. */
  private void markTrained(PhaseMap map, List<Object> values) {
    List<Facet> common =
        facets.stream()
            .filter(
                facet ->
                    facet.axis().equals(Axis.ACTIVATION)
                        || Axis.in(Axis.Order.BESIDE).contains(facet.axis()))
            .toList();
    String sql =
        "select %s as x, depth from cells where task = 'training' and 2 * trained >= replicates and %%s"
            .formatted(plane.x());
    for (Rows.Row row : query.rows(sql, condition(values, common))) {
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
