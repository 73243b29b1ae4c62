package org.phasemap.spec;

import java.math.BigInteger;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many cells a grid has, without making them.
 *
 * @param sizes how many values each axis has, by field
 */
record CellCount(Map<String, Integer> sizes) {
  BigInteger cells() {
    return sizes.values().stream()
        .map(BigInteger::valueOf)
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /** The number and where it comes from: {@code 54 cells (depth 9 × activation 6)}. */
  String inWords() {
    String factors =
        sizes.entrySet().stream()
            .filter(axis -> axis.getValue() > 1)
            .map(axis -> axis.getKey() + " " + axis.getValue())
            .collect(Collectors.joining(" × "));
    String noun = cells().equals(BigInteger.ONE) ? " cell" : " cells";
    return cells() + noun + (factors.isEmpty() ? "" : " (" + factors + ")");
  }
}
