package org.phasemap.chart;

import java.util.Optional;

/**
 * What somebody wants to see in a report's maps: names of a quantity and of axes. What is not named
 * follows the sweep.
 *
 * @param quantity whose mean is coloured
 * @param x the axis to the right
 * @param y the axis upwards
 * @param facet the axis with a map for each value
 */
public record MapChoice(
    Optional<String> quantity, Optional<String> x, Optional<String> y, Optional<String> facet) {
  /** Nothing is named. */
  public static final MapChoice NONE =
      new MapChoice(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
