package org.phasemap.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.quantity.Axis;

/**
 * What the axes of a sweep's maps are, and what they are called.
 *
 * @param plane what maps show
 * @param facets columns of what else tells the cells of an activation apart, in the order of menus
 * @param beside facets that a trained cell shares with the measured one that it is drawn on
 * @param names of every axis, by its column
 */
public record MapAxes(
    Plane plane, List<String> facets, List<String> beside, Map<String, Name> names) {
  /**
   * What an axis is called.
   *
   * @param symbol in formulas
   * @param label beside a drawing
   * @param descending whether its largest value comes first
   */
  public record Name(String symbol, String label, boolean descending) {
    static Name of(Axis<?> axis) {
      return new Name(axis.symbol(), axis.label(), axis.isDescending());
    }
  }

  static MapAxes of(Plane plane) {
    Map<String, Name> names = new LinkedHashMap<>();
    Axis.all().forEach(axis -> names.put(axis.column(), Name.of(axis)));
    return new MapAxes(plane, columns(Axis.Order.FACETS), columns(Axis.Order.BESIDE), names);
  }

  private static List<String> columns(Axis.Order order) {
    return Axis.in(order).stream().<String>map(Axis::column).toList();
  }
}
