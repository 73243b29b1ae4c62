package org.phasemap.chart;

import java.util.List;

/** The axes of a sweep as maps use them, by their columns. */
final class MapAxes {
  /** What may be drawn upwards, the first that has more than one value. */
  static final List<String> UPWARDS = List.of("depth", "sigma_b2", "width", "keep_probability");

  /** What else tells cells of an activation apart. */
  static final List<String> FACETS =
      List.of(
          "keep_probability", "width", "sigma_b2", "init", "weight_law", "input_q0", "input_c0");

  /** Facets in which a trained cell may differ from the measured one that it is marked on. */
  static final List<String> NOT_TRAINED = List.of("width", "weight_law", "input_q0", "input_c0");

  /** What a page thins where there are too many cells. */
  static final List<String> THINNED =
      List.of(
          "sigma_multiplier",
          "sigma_w2",
          "sigma_b2",
          "depth",
          "width",
          "keep_probability",
          "input_q0",
          "input_c0");

  private MapAxes() {}
}
