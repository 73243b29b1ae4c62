package org.phasemap.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.phasemap.quantity.Quantity;

/**
 * How many random networks of a cell are measured: a number, or as many as its confidence intervals
 * need.
 *
 * @param min fewest; the number itself where {@code until} is empty
 * @param max most
 * @param until half widths of 95 % confidence intervals that end a cell, each &gt; 0
 */
public record Replicates(int min, int max, Map<Quantity, Double> until) {
  /** Orders {@code until} by quantity. */
  public Replicates {
    Map<Quantity, Double> ordered = new TreeMap<>(Comparator.comparingInt(Quantity::place));
    ordered.putAll(until);
    until = Collections.unmodifiableMap(ordered);
  }

  /** The same number for every cell. */
  public static Replicates fixed(int number) {
    return new Replicates(number, number, Map.of());
  }

  /** Whether every cell has the same number. */
  public boolean isFixed() {
    return until.isEmpty();
  }

  /** Numbers of replicates after which a cell may end: min, 2 min, 4 min, … and max. */
  public List<Integer> checkpoints() {
    List<Integer> checkpoints = new ArrayList<>();
    for (int k = min; k < max; k *= 2) {
      checkpoints.add(k);
    }
    checkpoints.add(max);
    return checkpoints;
  }
}
