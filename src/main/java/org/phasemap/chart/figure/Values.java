package org.phasemap.chart.figure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.phasemap.chart.ArchitectureNames;
import org.phasemap.quantity.Axis;

/** What values of an axis are called where they stand beside each other. */
final class Values {
  private Values() {}

  /** The name of each value. */
  static Map<Object, String> named(Axis<?> axis, Collection<?> values) {
    if (axis.equals(Axis.ARCHITECTURE)) {
      return ArchitectureNames.of(values);
    }
    Map<Object, String> names = new LinkedHashMap<>();
    values.forEach(value -> names.put(value, Numbers.of(axis, value)));
    return names;
  }
}
