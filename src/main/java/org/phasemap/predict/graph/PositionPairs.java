package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.norm.field.GridPairs;
import org.phasemap.theory.architecture.norm.field.PairAlgebra;
import org.phasemap.theory.architecture.norm.field.RingPairs;

/**
 * Pairs of positions of a grid, in classes within which covariances are equal. In general a class
 * is a pair and its mirror image. Of two images that are given it is one pair: what the first has
 * here and the second there is not what they have the other way round. Where no operation can tell
 * positions apart, as on a ring, a class is a distance, and there is one kind of position.
 */
final class PositionPairs {
  private static final int MOST_POSITIONS = 400;
  private static final int MOST_UNIFORM = 1 << 20;

  /** Under batch norm, where matrices are multiplied: some 40 ms a layer. */
  private static final int MOST_NORMED = 64;

  private static final int MOST_NORMED_RING = 1024;

  /** What pairs are alike. */
  enum Alike {
    /** None. */
    NONE,
    /** A pair and its mirror image. */
    MIRRORED,
    /** All of one distance around a ring. */
    SHIFTED
  }

  private final List<Integer> grid;
  private final int positions;
  private final Alike alike;

  /** By distance from position 0 where uniform; else unused. */
  private final int[] ofDistance;

  private final int[] first;
  private final int[] second;
  private final double[] multiplicity;

  private PositionPairs(List<Integer> grid, Alike alike) {
    this.grid = List.copyOf(grid);
    this.alike = alike;
    boolean uniform = alike == Alike.SHIFTED;
    positions = grid.stream().reduce(1, Math::multiplyExact);
    int most = uniform ? MOST_UNIFORM : MOST_POSITIONS;
    OutsideDomainException.unless(
        positions <= most, "more than " + most + " positions: " + positions);
    ofDistance = new int[uniform ? positions : 0];
    List<int[]> classes = uniform ? distances() : pairs();
    first = classes.stream().mapToInt(pair -> pair[0]).toArray();
    second = classes.stream().mapToInt(pair -> pair[1]).toArray();
    multiplicity = classes.stream().mapToDouble(pair -> pair[2]).toArray();
  }

  /** Of a grid. */
  static PositionPairs of(List<Integer> grid, Alike alike) {
    return new PositionPairs(grid, alike);
  }

  private List<int[]> pairs() {
    List<int[]> classes = new ArrayList<>();
    for (int a = 0; a < positions; a++) {
      for (int b = 0; b < (alike == Alike.MIRRORED ? a + 1 : positions); b++) {
        classes.add(new int[] {a, b, alike == Alike.MIRRORED && a != b ? 2 : 1});
      }
    }
    return classes;
  }

  private List<int[]> distances() {
    List<int[]> classes = new ArrayList<>();
    for (int b = 0; b < positions; b++) {
      int mirrored = difference(0, b);
      if (mirrored < b) {
        ofDistance[b] = ofDistance[mirrored];
      } else {
        ofDistance[b] = classes.size();
        classes.add(new int[] {0, b, positions * (mirrored == b ? 1 : 2)});
      }
    }
    return classes;
  }

  /** a − b along each dimension, around the ring, as a position. */
  private int difference(int a, int b) {
    int result = 0;
    int place = 1;
    int restA = a;
    int restB = b;
    for (int d = grid.size() - 1; d >= 0; d--) {
      int extent = grid.get(d);
      result += place * Math.floorMod(restA % extent - restB % extent, extent);
      place *= extent;
      restA /= extent;
      restB /= extent;
    }
    return result;
  }

  /**
   * Matrices over pairs of an input and a position, of inputs that are alike.
   *
   * @param batch number of inputs
   * @throws OutsideDomainException where products of such matrices take too long
   */
  PairAlgebra algebra(int batch) {
    int most = alike == Alike.SHIFTED ? MOST_NORMED_RING : MOST_NORMED;
    OutsideDomainException.unless(
        positions <= most, "batch norm over more than " + most + " positions: " + positions);
    return alike == Alike.SHIFTED
        ? new RingPairs(grid, ofDistance, batch)
        : new GridPairs(positions, batch);
  }

  /** The class of each entry of a block of such a matrix. */
  int[] entries() {
    return alike == Alike.SHIFTED
        ? IntStream.range(0, classes()).toArray()
        : IntStream.range(0, positions * positions)
            .map(e -> of(e / positions, e % positions))
            .toArray();
  }

  /** Number of positions, P. */
  int positions() {
    return positions;
  }

  /** Number of classes. */
  int classes() {
    return first.length;
  }

  /** The class of a pair. */
  int of(int a, int b) {
    if (alike == Alike.SHIFTED) {
      return ofDistance[difference(a, b)];
    }
    if (alike == Alike.NONE) {
      return a * positions + b;
    }
    int large = Math.max(a, b);
    return large * (large + 1) / 2 + Math.min(a, b);
  }

  /** A pair of a class: the first position. */
  int first(int pair) {
    return first[pair];
  }

  /** A pair of a class: the second position. */
  int second(int pair) {
    return second[pair];
  }

  /** Ordered pairs in a class; over all classes P². */
  double multiplicity(int pair) {
    return multiplicity[pair];
  }

  /** Kinds of positions, whose variances may differ. */
  int kinds() {
    return alike == Alike.SHIFTED ? 1 : positions;
  }

  /** The kind of a position. */
  int kind(int position) {
    return alike == Alike.SHIFTED ? 0 : position;
  }

  /** Positions of a kind. */
  double share(int kind) {
    return alike == Alike.SHIFTED ? positions : 1;
  }

  /** The class of a position with itself. */
  int diagonal(int kind) {
    return of(kind, kind);
  }

  /** Whether the class is of positions with themselves. */
  boolean isDiagonal(int pair) {
    return first[pair] == second[pair];
  }
}
