package org.phasemap.predict.graph;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.phasemap.theory.architecture.skip.StreamLaw;

/**
 * Laws of one number of each kind of input at each kind of position, input by input, made when they
 * are first asked for.
 */
final class StreamLaws {
  private final Supplier<List<StreamLaw>> make;
  private @Nullable List<StreamLaw> made;

  StreamLaws(Supplier<List<StreamLaw>> make) {
    this.make = make;
  }

  List<StreamLaw> all() {
    List<StreamLaw> all = made;
    if (all == null) {
      all = make.get();
      made = all;
    }
    return all;
  }
}
