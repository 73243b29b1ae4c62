package org.phasemap.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.phasemap.network.SplitMix64;

/**
 * Labelled examples. The arrays are shared, not copied, and must not be written to.
 *
 * @param dimension n₀, components of an example
 * @param features n₀ × count, column-major: example j is at {@code j * dimension}
 * @param labels class of each example, from 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record Examples(int dimension, float[] features, int[] labels) {
  public Examples {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be >= 1: " + dimension);
    }
    if (features.length != (long) dimension * labels.length) {
      throw new IllegalArgumentException(
          String.format(
              "%d features are not %d components for each of %d labels",
              features.length, dimension, labels.length));
    }
  }

  /** Number of examples. */
  public int count() {
    return labels.length;
  }

  /** Copies example {@code from} into column {@code column} of {@code out}. */
  public void copy(int from, int column, float[] out) {
    System.arraycopy(features, from * dimension, out, column * dimension, dimension);
  }

  /**
   * A choice of examples spread over the classes: classes take turns in their order, and each gives
   * its examples in a random order that the seed fixes. A smaller count chooses the first of a
   * larger one.
   *
   * @return columns, dimension × count, in the order chosen
   * @throws IllegalArgumentException if there are fewer examples
   */
  public float[] spread(int count, long seed) {
    if (count > count()) {
      throw new IllegalArgumentException(
          String.format("%d examples of %d cannot be chosen", count, count()));
    }
    TreeMap<Integer, Deque<Integer>> byClass = new TreeMap<>();
    IntStream.range(0, count())
        .boxed()
        .sorted(Comparator.comparingLong(j -> SplitMix64.at(seed, j)))
        .forEach(j -> byClass.computeIfAbsent(labels[j], c -> new ArrayDeque<>()).add(j));
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < count) {
      for (Deque<Integer> left : byClass.values()) {
        if (!left.isEmpty() && chosen.size() < count) {
          chosen.add(left.remove());
        }
      }
    }
    float[] columns = new float[dimension * count];
    for (int column = 0; column < count; column++) {
      copy(chosen.get(column), column, columns);
    }
    return columns;
  }
}
