package org.phasemap.rows;

import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which networks of which cells there are rows of, to find those that are there twice. */
final class SeenRows {
  /** Files may come from anyone: a set of bits is as long as its largest number. */
  private static final int MOST_BITS = 1 << 16;

  private record Key(String cell, int replicate) {}

  private final Map<String, BitSet> cells = new HashMap<>();
  private final Set<Key> others = new HashSet<>();

  /** Adds a row; false if there is one of its cell and replicate already. */
  boolean add(String cell, int replicate) {
    BitSet seen = cells.computeIfAbsent(cell, id -> new BitSet());
    if (replicate >= MOST_BITS) {
      return others.add(new Key(cell, replicate));
    }
    boolean isNew = !seen.get(replicate);
    seen.set(replicate);
    return isNew;
  }

  /** Cells with rows. */
  Set<String> cells() {
    return Collections.unmodifiableSet(cells.keySet());
  }
}
