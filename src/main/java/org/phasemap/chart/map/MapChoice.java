package org.phasemap.chart.map;

import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to see in a report's maps: names of a quantity and of axes. What is not named
 * follows the sweep.
 *
 * @param quantity whose mean is coloured
 * @param x the axis to the right
 * @param y the axis upwards
 * @param facets one axis or two with a map for each value; empty for the sweep's own
 */
public record MapChoice(
    Optional<String> quantity, Optional<String> x, Optional<String> y, List<String> facets) {
  /** Nothing is named. */
  public static final MapChoice NONE =
      new MapChoice(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
}
