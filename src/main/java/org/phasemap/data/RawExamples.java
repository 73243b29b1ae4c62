package org.phasemap.data;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Labelled examples as files hold them, before they are scaled. Their values have any offset and
 * unit, so they are doubles.
 *
 * @param dimension n₀, components of an example
 * @param labels class of each example, from 0; −1 for one that is none of them
 * @param features the components
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record RawExamples(int dimension, int[] labels, Features features) {
  /** Components of examples. */
  @FunctionalInterface
  interface Features {
    /** Component {@code i} of example {@code j}, finite. */
    double at(int j, int i);
  }

  /** Number of examples. */
  int count() {
    return labels.length;
  }

  /** Some of the examples, in this order. */
  RawExamples part(int[] chosen) {
    int[] chosenLabels = Arrays.stream(chosen).map(j -> labels[j]).toArray();
    return new RawExamples(dimension, chosenLabels, (j, i) -> features.at(chosen[j], i));
  }

  /**
   * The first of other examples whose class none of these has, so that no network could know it.
   *
   * @return −1 where there is none
   */
  int firstOfUnknownClass(RawExamples others) {
    BitSet known = new BitSet();
    Arrays.stream(labels).forEach(known::set);
    for (int j = 0; j < others.count(); j++) {
      if (others.labels[j] < 0 || !known.get(others.labels[j])) {
        return j;
      }
    }
    return -1;
  }
}
