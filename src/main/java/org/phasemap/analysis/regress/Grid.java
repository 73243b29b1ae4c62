package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Axis;

/**
 * The grid of the baseline, and where some of its cells stand.
 *
 * @param axes on which its cells differ
 * @param places of the cells that have changed: an index into each axis' values, −1 for none
 */
public record Grid(List<GridAxis> axes, Map<String, List<Integer>> places) {
  static final Grid NONE = new Grid(List.of(), Map.of());

  /**
   * An axis.
   *
   * @param column of the tables
   * @param symbol in formulas; empty where the values speak for themselves
   * @param isNumber whether its values have an order, and so neighbours
   * @param values as text, in order
   */
  public record GridAxis(String column, String symbol, boolean isNumber, List<String> values) {}

  static Grid of(Cells cells, Collection<String> changed) {
    List<GridAxis> axes = new ArrayList<>();
    List<List<Object>> values = new ArrayList<>();
    for (int a = 0; a < cells.axes().size(); a++) {
      Axis<?> axis = cells.axes().get(a);
      List<Object> of = values(cells, a);
      values.add(of);
      boolean isNumber = axis.scale() != Axis.Scale.CATEGORY;
      axes.add(
          new GridAxis(
              axis.column(),
              isNumber ? axis.symbol() : "",
              isNumber,
              of.stream().map(Grid::text).toList()));
    }
    Map<String, List<Integer>> places = new LinkedHashMap<>();
    for (String cell : changed) {
      List<Integer> place = new ArrayList<>();
      for (int a = 0; a < values.size(); a++) {
        Object value = cells.place(cell).values().get(a);
        place.add(value == null ? -1 : values.get(a).indexOf(value));
      }
      places.put(cell, List.copyOf(place));
    }
    return new Grid(List.copyOf(axes), places);
  }

  private static List<Object> values(Cells cells, int axis) {
    Set<Object> distinct = new HashSet<>();
    for (Cells.Place place : cells.places().values()) {
      @Nullable Object value = place.values().get(axis);
      if (value != null) {
        distinct.add(value);
      }
    }
    return distinct.stream().sorted(Grid::compare).toList();
  }

  private static int compare(Object a, Object b) {
    return a instanceof Number x && b instanceof Number y
        ? Double.compare(x.doubleValue(), y.doubleValue())
        : a.toString().compareTo(b.toString());
  }

  private static String text(Object value) {
    return value instanceof Double d ? NumberText.of(d) : value.toString();
  }

  /** Where a cell that has changed stands. */
  List<Integer> place(String cell) {
    return places.getOrDefault(cell, List.of());
  }
}
