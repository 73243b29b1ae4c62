package org.phasemap.chart.map;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Query;

/**
 * The maps of a sweep, one for each value of an axis or two, at the first value of every other
 * axis.
 *
 * @param plane what they show
 * @param facets the axes that have more than one value and are not drawn
 * @param maps the maps; of lines, too, a row a curve
 */
public record PhaseMaps(Plane plane, List<Facet> facets, List<PhaseMap> maps) {
  public static PhaseMaps of(Query query, Plane plane, WantedCells wanted) {
    List<Facet> facets = plane.atFirst(query, wanted);
    PhaseMapTables tables =
        new PhaseMapTables(query, plane, facets, MapAxes.architectures(query, wanted));
    List<PhaseMap> maps =
        combinations(query, plane, wanted).stream()
            .map(tables::map)
            .filter(map -> !map.xs().isEmpty())
            .toList();
    return new PhaseMaps(plane, facets, maps);
  }

  /** The values of the plane's facets together, those of the last one changing fastest. */
  private static List<List<Object>> combinations(Query query, Plane plane, WantedCells wanted) {
    List<List<Object>> all = List.of(List.of());
    for (String facet : plane.facets()) {
      List<Object> values = Plane.values(query, wanted, Axis.of(facet).orElseThrow());
      List<List<Object>> longer = new ArrayList<>();
      for (List<Object> before : all) {
        for (Object value : values) {
          List<Object> one = new ArrayList<>(before);
          one.add(value);
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }
}
