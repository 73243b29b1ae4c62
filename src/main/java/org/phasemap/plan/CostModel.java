package org.phasemap.plan;

import java.util.List;

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

  /** Columns that go through a layer together. */
  private static final int PANEL_COLUMNS = 256;

  private static final int DIGITS_INPUTS = 64;
  private static final int DIGITS_EXAMPLES = 1797;

  private CostModel() {}

  /** Estimated seconds on one core. */
  public static double seconds(Unit unit) {
    return unit.task() instanceof Task.Training training
        ? training(training, unit.cells().get(0))
        : sharedSeconds(unit) + columns((Task.Propagation) unit.task(), unit.cells());
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
    int copies = first.network().keepProbability() < 1 ? 2 : 1;
    double bytes = sharedBytes(unit);
    for (List<Cell> cells : Variant.group(unit.cells()).values()) {
      // φ′ of every layer, φ too under a mask, and a gradient for each depth.
      bytes += 4 * n * m * (copies * deepest(cells) + cells.size() + 2.0);
    }
    return bytes;
  }

  /** The part of {@link #seconds} that does not grow with the variants: drawing the weights. */
  static double sharedSeconds(Unit unit) {
    if (unit.task() instanceof Task.Training) {
      return 0;
    }
    double n = unit.cells().get(0).network().width();
    int draws = unit.cells().get(0).network().keepProbability() < 1 ? 4 : 2;
    return draws * n * n * deepest(unit.cells()) * SECONDS_PER_RANDOM;
  }

  /**
   * The part of {@link #bytes} that does not grow with the variants: G_l; under a mask the mask,
   * too, and the products of a panel's input pairs, in and out.
   */
  static double sharedBytes(Unit unit) {
    if (!(unit.task() instanceof Task.Propagation task)) {
      return 0;
    }
    double n = unit.cells().get(0).network().width();
    boolean masked = unit.cells().get(0).network().keepProbability() < 1;
    double pairs = 4 * n * PANEL_COLUMNS * (task.inputs().count() + 1.0);
    return 4 * n * n * (masked ? 3 : 1) + (masked ? pairs : 0);
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

  private static double columns(Task.Propagation task, List<Cell> cells) {
    double n = cells.get(0).network().width();
    double m = task.inputs().count();
    double layers = cells.stream().mapToDouble(c -> c.network().depth()).sum();
    for (List<Cell> variant : Variant.group(cells).values()) {
      layers += deepest(variant);
    }
    double pairs = cells.get(0).network().keepProbability() < 1 ? (m + 1) / 2 : 0;
    return 2 * n * n * m * layers * (1 + pairs / 2) * SECONDS_PER_FLOP
        + n * m * layers * (1 + pairs / 4) * SECONDS_PER_ENTRY;
  }

  private static int deepest(List<Cell> cells) {
    return cells.stream().mapToInt(c -> c.network().depth()).max().orElseThrow();
  }
}
