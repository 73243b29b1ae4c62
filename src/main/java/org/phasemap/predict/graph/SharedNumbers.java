package org.phasemap.predict.graph;

import java.util.Arrays;
import org.phasemap.network.graph.Taps;

/**
 * How many pairs of taps see the same numbers of an image from two positions: a number of a from
 * one tap and of b from the other. Example: one tap has one such pair from anywhere, itself.
 */
final class SharedNumbers {
  private final int[][] sources;

  /** Taps that read each number of an image from one position: the first, and the next of each. */
  private final int[] first;

  private final int[] next;
  private final int[] same;
  private final int[] crossed;

  /**
   * Of a convolution.
   *
   * @param sources of its taps, [tap][position that comes out]
   * @param from positions that go in
   * @param to pairs of those that come out
   */
  SharedNumbers(int[][] sources, int from, PositionPairs to) {
    this.sources = sources;
    first = new int[from];
    next = new int[sources.length];
    same = new int[to.classes()];
    crossed = new int[to.classes()];
    for (int c = 0; c < same.length; c++) {
      if (c == 0 || to.first(c) != to.first(c - 1)) {
        sort(to.first(c));
      }
      count(c, to.first(c), to.second(c));
    }
  }

  private void sort(int a) {
    Arrays.fill(first, Taps.OUTSIDE);
    for (int tap = 0; tap < sources.length; tap++) {
      int number = sources[tap][a];
      if (number != Taps.OUTSIDE) {
        next[tap] = first[number];
        first[number] = tap;
      }
    }
  }

  private void count(int c, int a, int b) {
    for (int[] tap : sources) {
      if (tap[a] != Taps.OUTSIDE && tap[b] != Taps.OUTSIDE) {
        same[c] += readers(tap[a], tap[b], b);
        crossed[c] += readers(tap[b], tap[a], b);
      }
    }
  }

  /** Taps that see one number from a, and the other from b. */
  private int readers(int ofA, int ofB, int b) {
    int count = 0;
    for (int tap = first[ofA]; tap != Taps.OUTSIDE; tap = next[tap]) {
      count += sources[tap][b] == ofB ? 1 : 0;
    }
    return count;
  }

  /** Ordered pairs of taps that see the same number from a, and the same from b. */
  int same(int pair) {
    return same[pair];
  }

  /** Ordered pairs of taps of which each sees from a what the other sees from b. */
  int crossed(int pair) {
    return crossed[pair];
  }
}
