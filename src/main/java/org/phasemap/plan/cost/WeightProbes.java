package org.phasemap.plan.cost;

import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Variant;
import org.phasemap.quantity.Probe;

/** What the probes cost that send further columns through a network that has been measured. */
public final class WeightProbes {
  /**
   * What a network's weights may take to be kept for the steps of an iteration; those of larger
   * networks are drawn anew in each step.
   */
  private static final double KEPT_WEIGHTS = 64e6;

  /** Of the iteration for the largest singular value: 10 to 20, more for wider networks. */
  private static final double STEPS = 15;

  /** A weight is read from memory for few columns. */
  private static final double SECONDS_PER_WEIGHT = 0.4e-9;

  /** Of n³, for eigenvalues of a matrix that is not symmetric. */
  private static final double UNSYMMETRIC = 8e-9;

  private WeightProbes() {}

  /** Whether the weights of the layers above the first are few enough to be kept. */
  public static boolean keepsWeights(int width, int depth) {
    return Float.BYTES * (depth - 1.0) * width * width <= KEPT_WEIGHTS;
  }

  /** Estimated seconds on one core; randoms and products at the speeds given. */
  static double seconds(Unit unit, double perRandom, double perFlop) {
    Task.Propagation task = (Task.Propagation) unit.task();
    double n = network(unit).width();
    int deepest = deepest(unit);
    double m = task.inputs().count();
    double seconds = 0;
    if (task.probes().contains(Probe.JACOBIAN_LARGEST)) {
      double draws = keepsWeights((int) n, deepest) ? 1 : 2 * STEPS;
      double passes = 0;
      for (Cell cell : unit.cells()) {
        passes += 2 * STEPS * (cell.network().depth() - 1);
      }
      double product = Math.max(2 * m * perFlop, SECONDS_PER_WEIGHT);
      seconds += n * n * ((deepest - 1) * draws * perRandom + passes * product);
    }
    if (task.probes().stream().anyMatch(Probe::needsJacobian)) {
      double layers = 0;
      for (var cells : Variant.group(unit.cells()).values()) {
        layers += cells.stream().mapToInt(c -> c.network().depth()).max().orElseThrow() - 1;
      }
      seconds += layers * n * n * (perRandom + 2 * n * perFlop);
    }
    // A decomposition for each cell: some 2 n³ in Java, and 13 n³ without symmetry.
    if (task.probes().contains(Probe.JACOBIAN_SPECTRUM)) {
      seconds += unit.cells().size() * n * n * n * 1.5e-9;
    }
    if (task.probes().contains(Probe.JACOBIAN_EIGENVALUES)) {
      seconds += unit.cells().size() * n * n * n * UNSYMMETRIC;
    }
    if (task.hasOutputKernel()) {
      double columns = m * task.outputs();
      double passes = unit.cells().stream().mapToInt(c -> c.network().depth()).sum();
      seconds += n * n * (deepest * perRandom + passes * 2 * columns * perFlop);
      // The columns' Gram matrix.
      seconds += n * columns * columns * passes * 0.3e-9;
    }
    return seconds + decompositions(unit);
  }

  /** Three for each cell, of several outputs' kernels. */
  static double decompositions(Unit unit) {
    Task.Propagation task = (Task.Propagation) unit.task();
    double columns = (double) task.inputs().count() * task.outputs();
    return task.hasOutputKernel() ? unit.cells().size() * Math.pow(columns, 3) * 6e-9 : 0;
  }

  /** Bytes outside the heap at their peak, when gradients have come down. */
  static double bytes(Unit unit) {
    Task.Propagation task = (Task.Propagation) unit.task();
    double n = network(unit).width();
    double m = task.inputs().count();
    double entries = 0;
    if (task.probes().contains(Probe.JACOBIAN_LARGEST)) {
      int deepest = deepest(unit);
      // What draws a mask is counted with the unit, and gone when the last layer is kept.
      double layers = deepest - (network(unit).keepProbability() < 1 ? 2 : 1);
      double kept = keepsWeights((int) n, deepest) ? n * n * Math.max(0, layers) : 0;
      entries = (3.0 * unit.cells().size() + 2) * n * m + kept;
    }
    if (task.probes().stream().anyMatch(Probe::needsJacobian)) {
      // J, its next layer, and what the kernel needs for the float64 products of J's columns.
      entries = Math.max(entries, 6 * n * n);
    }
    if (task.hasOutputKernel()) {
      double columns = m * task.outputs();
      double chains = (unit.cells().size() + 1) * n * columns + n * task.outputs();
      // And what the kernel needs for the float64 products of these columns.
      entries = Math.max(entries, chains + 2 * columns * (n + columns));
    }
    return Float.BYTES * entries;
  }

  private static NetworkConfig network(Unit unit) {
    return unit.cells().get(0).network();
  }

  private static int deepest(Unit unit) {
    return unit.cells().stream().mapToInt(c -> c.network().depth()).max().orElseThrow();
  }
}
