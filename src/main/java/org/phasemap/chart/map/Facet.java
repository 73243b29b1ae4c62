package org.phasemap.chart.map;

import java.util.List;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;

/**
 * An axis that is not drawn.
 *
 * @param axis which
 * @param shown the value that the maps are of
 * @param hidden its other values
 */
public record Facet(Axis<?> axis, Object shown, List<Object> hidden) {
  Condition condition() {
    return Condition.is(axis.column(), shown);
  }
}
