package org.phasemap.chart.map;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.phasemap.chart.ArchitectureNames;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.TaskKind;
import org.phasemap.query.Query;

/**
 * What the axes of a sweep's maps are, and what they are called.
 *
 * @param plane what maps show
 * @param facets columns of what else may tell cells of one place apart, in the order of menus
 * @param beside facets that a trained cell shares with the measured one that it is drawn on
 * @param order values of axes whose order is not that of their size: names, as the spec has them
 * @param names of every axis, by its column
 * @param architectures what each architecture is called beside the others, in the order of the spec
 */
public record MapAxes(
    Plane plane,
    List<String> facets,
    List<String> beside,
    Map<String, List<Object>> order,
    Map<String, Name> names,
    Map<Object, String> architectures) {
  /**
   * What an axis is called.
   *
   * @param symbol in formulas
   * @param label beside a drawing
   * @param descending whether its largest value comes first
   * @param speaking whether a value says by itself what it is
   */
  public record Name(String symbol, String label, boolean descending, boolean speaking) {
    static Name of(Axis<?> axis) {
      return new Name(axis.symbol(), axis.label(), axis.isDescending(), axis.isSpeaking());
    }
  }

  public static MapAxes of(Query query, Plane plane, WantedCells wanted) {
    Map<String, Name> names = new LinkedHashMap<>();
    Axis.all().forEach(axis -> names.put(axis.column(), Name.of(axis)));
    Map<String, List<Object>> order = new LinkedHashMap<>();
    Axis.all().stream()
        .filter(axis -> axis.stored() == String.class)
        .forEach(axis -> order.put(axis.column(), Plane.values(query, wanted, axis)));
    List<String> undrawn = plane.undrawn().stream().<String>map(Axis::column).toList();
    return new MapAxes(
        plane, undrawn, columns(Axis.Order.BESIDE), order, names, architectures(query, wanted));
  }

  /** Of the networks at initialisation, then of those that were trained alone. */
  static Map<Object, String> architectures(Query query, WantedCells wanted) {
    Set<Object> all = new LinkedHashSet<>();
    for (TaskKind task : TaskKind.values()) {
      all.addAll(Plane.values(query, wanted, Axis.ARCHITECTURE, task));
    }
    return ArchitectureNames.of(all);
  }

  private static List<String> columns(Axis.Order order) {
    return Axis.in(order).stream().<String>map(Axis::column).toList();
  }
}
