package org.phasemap.spec.yaml;

import java.util.Optional;
import java.util.function.Function;

/**
 * What holds in all of a document.
 *
 * @param maxPoints most points that a series of numbers may have
 * @param maxPointsOf what has so many at most, or says so, in the words of a message
 * @param elsewhere the path of a field of some name that is not known in a section but in another
 */
public record Rules(
    int maxPoints, String maxPointsOf, Function<String, Optional<String>> elsewhere) {
  /** Most points of one series, whatever the rules. */
  public static final int MAX_POINTS = 100_000;

  /** Those of a document that sets no limit. */
  public static Rules unlimited(Function<String, Optional<String>> elsewhere) {
    return new Rules(MAX_POINTS, "an axis", elsewhere);
  }
}
