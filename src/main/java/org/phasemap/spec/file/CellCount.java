package org.phasemap.spec.file;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.Training;

/**
 * How many cells a grid has, without making them.
 *
 * @param sizes how many values each axis has, by field
 */
record CellCount(Map<String, Integer> sizes) {
  /** Of networks that are measured. */
  static CellCount of(NetworkAxes grid) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    grid.lists().forEach((axis, values) -> sizes.put(axis.column(), values.size()));
    return new CellCount(sizes);
  }

  /** Of networks that are trained. */
  static CellCount of(Training training) {
    Map<String, Integer> sizes = new LinkedHashMap<>(of(training.network()).sizes);
    sizes.put(TrainingFormat.OPTIMISER.key(), training.axes().optimiser().size());
    sizes.put(TrainingFormat.LEARNING_RATE.key(), training.axes().learningRate().size());
    sizes.put(TrainingFormat.BATCH_SIZE.key(), training.axes().batchSize().size());
    return new CellCount(sizes);
  }

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
