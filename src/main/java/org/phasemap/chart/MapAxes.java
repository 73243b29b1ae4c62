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
 * @param names of every axis, by its column
 */
public record MapAxes(PhaseMaps.Plane plane, List<String> facets, Map<String, Name> names) {
  /** What may be drawn upwards, the first that has more than one value. */
  static final List<Axis<?>> UPWARDS =
      List.of(Axis.DEPTH, Axis.SIGMA_B2, Axis.WIDTH, Axis.KEEP_PROBABILITY);

  /** What else tells cells of an activation apart. */
  static final List<Axis<?>> FACETS =
      List.of(
          Axis.KEEP_PROBABILITY,
          Axis.WIDTH,
          Axis.SIGMA_B2,
          Axis.INIT,
          Axis.WEIGHT_LAW,
          Axis.INPUT,
          Axis.INPUT_COUNT,
          Axis.INPUT_DIMENSION,
          Axis.INPUT_Q0,
          Axis.INPUT_C0);

  /** Facets that a trained cell has in common with the measured one that it is marked on. */
  static final List<Axis<?>> TRAINED = List.of(Axis.KEEP_PROBABILITY, Axis.SIGMA_B2, Axis.INIT);

  /** What a page thins where there are too many cells. */
  static final List<Axis<?>> THINNED =
      List.of(
          Axis.SIGMA_MULTIPLIER,
          Axis.SIGMA_W2,
          Axis.SIGMA_B2,
          Axis.DEPTH,
          Axis.WIDTH,
          Axis.KEEP_PROBABILITY,
          Axis.INPUT_Q0,
          Axis.INPUT_C0);

  /**
   * What an axis is called.
   *
   * @param symbol in formulas
   * @param label beside a drawing
   */
  public record Name(String symbol, String label) {}

  static MapAxes of(PhaseMaps.Plane plane) {
    Map<String, Name> names = new LinkedHashMap<>();
    Axis.all().forEach(axis -> names.put(axis.column(), new Name(axis.symbol(), axis.label())));
    return new MapAxes(plane, FACETS.stream().map(Axis::column).toList(), names);
  }
}
