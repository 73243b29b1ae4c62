package org.phasemap.chart;

import java.util.List;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Query;

/**
 * The maps of a sweep, one for each value of an axis, at the first value of every other axis.
 *
 * @param plane what they show
 * @param facets the axes that have more than one value and are not drawn
 * @param maps the maps; of lines, too, a row a curve
 */
public record PhaseMaps(Plane plane, List<Facet> facets, List<PhaseMap> maps) {
  static PhaseMaps of(Query query, Plane plane, WantedCells wanted) {
    List<Facet> facets = plane.facets(query, wanted);
    PhaseMapTables tables = new PhaseMapTables(query, plane, facets);
    List<PhaseMap> maps =
        Plane.values(query, wanted, Axis.of(plane.facet()).orElseThrow()).stream()
            .map(tables::map)
            .filter(map -> !map.xs().isEmpty())
            .toList();
    return new PhaseMaps(plane, facets, maps);
  }
}
