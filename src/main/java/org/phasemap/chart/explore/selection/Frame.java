package org.phasemap.chart.explore.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.phasemap.quantity.Axis;

/**
 * What a chart does with the axes. One value is chosen on each axis that it does not name.
 *
 * @param places axes along which cells are drawn: x and y of a map, x and the curves of a slice
 * @param facets axes with a small chart for each value
 * @param average axes over which cells are averaged
 */
public record Frame(List<Axis<?>> places, List<Axis<?>> facets, List<Axis<?>> average) {
  /** What tells its points apart. */
  List<Axis<?>> drawn() {
    return Stream.concat(places.stream(), facets.stream()).toList();
  }

  /** The points' axes in SQL. */
  public String keys() {
    return String.join(", ", drawn().stream().map(axis -> "c." + axis.column()).toList());
  }

  /** The names of these columns in a chart, and their axes in SQL. */
  public String namedKeys(List<String> names) {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < drawn().size(); i++) {
      String name = i < names.size() ? names.get(i) : "facet" + (i - names.size());
      named.add("c." + drawn().get(i).column() + " as \"" + name + '"');
    }
    return String.join(", ", named);
  }

  /** Names that {@link #namedKeys} gives. */
  public List<String> keyNames(List<String> names) {
    List<String> all = new ArrayList<>(names);
    for (int i = 0; i < facets.size(); i++) {
      all.add("facet" + i);
    }
    return all;
  }
}
