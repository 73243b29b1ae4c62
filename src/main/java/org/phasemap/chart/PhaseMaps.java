package org.phasemap.chart;

import java.util.List;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Query;

/**
 * The maps of a sweep, an activation each, at the first value of every other axis.
 *
 * @param plane what they show
 * @param facets the axes that have more than one value and are not drawn
 * @param maps the maps
 */
public record PhaseMaps(Plane plane, List<Facet> facets, List<PhaseMap> maps) {
  static PhaseMaps of(Query query, Plane plane) {
    List<Facet> facets = plane.facets(query);
    PhaseMapTables tables = new PhaseMapTables(query, plane, facets);
    List<PhaseMap> maps =
        Plane.values(query, Axis.ACTIVATION).stream()
            .map(activation -> tables.map(activation.toString()))
            .filter(map -> !map.xs().isEmpty())
            .toList();
    return new PhaseMaps(plane, facets, maps);
  }
}
