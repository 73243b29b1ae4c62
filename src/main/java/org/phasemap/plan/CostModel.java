package org.phasemap.plan;

import java.util.List;
import java.util.Map;

/**
 * What a unit costs on one core of a current CPU: multiply-adds of its matrix products, random
 * numbers, and passes over its activations. Good to a factor of two; only ratios matter for
 * balance.
 */
public final class CostModel {
  private static final double SECONDS_PER_FLOP = 1 / 60e9;
  private static final double SECONDS_PER_RANDOM = 1.6e-9;

  /** Forward or backward pass of one column entry: activation, derivative, scaling, moments. */
  private static final double SECONDS_PER_ENTRY = 8e-9;

  private static final int DIGITS_INPUTS = 64;
  private static final int DIGITS_EXAMPLES = 1797;

  private CostModel() {}

  /** Estimated seconds on one core. */
  public static double seconds(Unit unit) {
    return unit.task() instanceof Task.Training training
        ? training(training, unit.cells().get(0))
        : propagation((Task.Propagation) unit.task(), unit.cells());
  }

  /** Bytes outside the heap that a unit needs at its peak. */
  public static double bytes(Unit unit) {
    Cell first = unit.cells().get(0);
    double n = first.network().width();
    if (unit.task() instanceof Task.Training training) {
      double l = first.network().depth();
      return 4 * (2 * n * n * l + 3 * n * training.batchSize() * l);
    }
    double m = ((Task.Propagation) unit.task()).inputs().count();
    double bytes = 8 * n * n;
    for (List<Cell> cells : Variant.group(unit.cells()).values()) {
      bytes += bytesOfVariant(cells, n, m);
    }
    return bytes;
  }

  static double bytesOfVariant(List<Cell> cells, double n, double m) {
    return 4 * n * m * (deepest(cells) + 2.0 * cells.size() + 4);
  }

  private static double training(Task.Training task, Cell cell) {
    double n = cell.network().width();
    double weights = n * (DIGITS_INPUTS + n * (cell.network().depth() - 1) + 10);
    double entries = n * cell.network().depth();
    double examples = (double) task.steps() * task.batchSize();
    double passes = 3 * examples + DIGITS_EXAMPLES;
    return 2 * weights * passes * SECONDS_PER_FLOP
        + entries * passes * SECONDS_PER_ENTRY / 2
        + weights * SECONDS_PER_RANDOM;
  }

  private static double propagation(Task.Propagation task, List<Cell> cells) {
    double n = cells.get(0).network().width();
    double m = task.inputs().count();
    Map<Variant, List<Cell>> variants = Variant.group(cells);
    double layers = 0;
    double sharedLayers = 0;
    for (List<Cell> variant : variants.values()) {
      sharedLayers = Math.max(sharedLayers, deepest(variant));
      layers += deepest(variant);
      layers += variant.stream().mapToInt(c -> c.network().depth()).sum();
    }
    boolean masked = cells.get(0).network().keepProbability() < 1;
    double pairs = masked ? (m + 1) / 2 : 0;
    return 2 * n * n * m * layers * (1 + pairs / 2) * SECONDS_PER_FLOP
        + n * m * layers * (1 + pairs / 4) * SECONDS_PER_ENTRY
        + 2 * n * n * sharedLayers * (masked ? 2 : 1) * SECONDS_PER_RANDOM;
  }

  private static int deepest(List<Cell> cells) {
    return cells.stream().mapToInt(c -> c.network().depth()).max().orElseThrow();
  }
}
