package org.phasemap.chart.map;

import java.util.List;
import org.phasemap.quantity.Axis;

/** What there is a map for each value of, unless someone says otherwise. */
public final class UsualFacets {
  /** So many maps can be looked at together. */
  private static final int MOST_MAPS = 12;

  private UsualFacets() {}

  /**
   * Activations and architectures, those of them that vary; architectures alone where both together
   * would be more maps than one can look at.
   *
   * @param activations how many there are
   * @param architectures how many there are
   */
  public static List<Axis<?>> of(int activations, int architectures) {
    if (architectures < 2) {
      return activations < 2 ? List.of() : List.of(Axis.ACTIVATION);
    }
    return activations < 2 || activations * architectures > MOST_MAPS
        ? List.of(Axis.ARCHITECTURE)
        : List.of(Axis.ACTIVATION, Axis.ARCHITECTURE);
  }
}
