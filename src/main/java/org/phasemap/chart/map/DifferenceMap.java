package org.phasemap.chart.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.phasemap.analysis.regress.Change;
import org.phasemap.analysis.regress.Comparison;
import org.phasemap.analysis.regress.Grid;
import org.phasemap.analysis.regress.Grid.GridAxis;
import org.phasemap.analysis.regress.Verdict;
import org.phasemap.quantity.Axis;

/**
 * Where a quantity differs between two sweeps: one map of a slice of the grid.
 *
 * @param quantity its column
 * @param facet values on the axes that are not drawn
 * @param x across
 * @param y upwards
 * @param cells that have changed; all others have not
 */
public record DifferenceMap(String quantity, String facet, Side x, Side y, List<Cell> cells) {
  /**
   * An axis that is drawn.
   *
   * @param label its symbol
   * @param values as text, in order
   */
  public record Side(String label, List<String> values) {}

  /**
   * A cell.
   *
   * @param x index of its value
   * @param y index of its value
   * @param difference of means
   * @param tolerances how many of the cell's tolerance that is; infinite where none is tolerated
   */
  public record Cell(int x, int y, double difference, double tolerances, Verdict verdict) {}

  /** What is drawn together. */
  private record Slice(String quantity, String facet) {}

  private static final Side ONE = new Side("", List.of(""));

  /** The maps of a comparison, quantity by quantity, those with most changes first. */
  public static List<DifferenceMap> of(Comparison comparison) {
    Grid grid = comparison.grid();
    int x = drawn(grid, List.of(Axis.SIGMA_MULTIPLIER, Axis.SIGMA_W2), -1);
    int y = drawn(grid, List.of(Axis.DEPTH), x);
    Map<Slice, List<Change>> slices = new LinkedHashMap<>();
    for (Change change : comparison.changes()) {
      Slice slice = new Slice(change.subject().id(), facet(grid, change.cell(), x, y));
      slices.computeIfAbsent(slice, k -> new ArrayList<>()).add(change);
    }
    return slices.entrySet().stream()
        .sorted((a, b) -> Integer.compare(b.getValue().size(), a.getValue().size()))
        .map(slice -> map(grid, slice.getKey(), slice.getValue(), x, y))
        .toList();
  }

  private static DifferenceMap map(Grid grid, Slice slice, List<Change> changes, int x, int y) {
    List<Cell> cells =
        changes.stream()
            .map(
                c ->
                    new Cell(
                        at(grid, c.cell(), x),
                        at(grid, c.cell(), y),
                        c.difference(),
                        Math.abs(c.difference()) / c.tolerance(),
                        c.verdict()))
            .toList();
    return new DifferenceMap(slice.quantity, slice.facet, side(grid, x), side(grid, y), cells);
  }

  private static Side side(Grid grid, int axis) {
    return axis < 0
        ? ONE
        : new Side(grid.axes().get(axis).symbol(), grid.axes().get(axis).values());
  }

  private static int at(Grid grid, String cell, int axis) {
    return axis < 0 ? 0 : Math.max(0, grid.places().getOrDefault(cell, List.of()).get(axis));
  }

  /** The first of some axes that the grid has, or else the longest of numbers; −1 for none. */
  private static int drawn(Grid grid, List<Axis<?>> first, int taken) {
    List<String> wanted = first.stream().<String>map(Axis::column).toList();
    int best = -1;
    for (int a = 0; a < grid.axes().size(); a++) {
      GridAxis axis = grid.axes().get(a);
      if (a == taken || !axis.isNumber()) {
        continue;
      }
      if (wanted.contains(axis.column())) {
        return a;
      }
      if (best < 0 || axis.values().size() > grid.axes().get(best).values().size()) {
        best = a;
      }
    }
    return best;
  }

  private static String facet(Grid grid, String cell, int x, int y) {
    List<Integer> place = grid.places().getOrDefault(cell, List.of());
    return IntStream.range(0, grid.axes().size())
        .filter(a -> a != x && a != y && place.get(a) >= 0)
        .mapToObj(
            a -> {
              GridAxis axis = grid.axes().get(a);
              String value = axis.values().get(place.get(a));
              return axis.isNumber() ? axis.symbol() + " = " + value : value;
            })
        .collect(Collectors.joining(", "));
  }
}
