package org.phasemap.analysis;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;

/** The bootstrap (Efron 1979). */
final class Resamples {
  private Resamples() {}

  /** As many elements, drawn with replacement. */
  static <T> List<T> of(List<T> elements, RandomGenerator random) {
    List<T> drawn = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      drawn.add(elements.get(random.nextInt(elements.size())));
    }
    return drawn;
  }
}
