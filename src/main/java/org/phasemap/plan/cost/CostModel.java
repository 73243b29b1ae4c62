package org.phasemap.plan.cost;

import org.phasemap.data.DataSet;
import org.phasemap.data.DataSets;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.TrainingGroup;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.Engine;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;

/**
 * What a unit costs on one core with AVX-512, and the memory that it needs. Seconds are fitted to
 * processor times ({@code UnitBenchmark}) and good to a factor of two; bytes are counted.
 */
public final class CostModel {
  private static final double SECONDS_PER_FLOP = 1 / 160e9;
  private static final double SECONDS_PER_RANDOM = 1.6e-9;

  /** A kernel of its own, the inputs, the rows of the result. */
  private static final double SECONDS_PER_UNIT = 50e-6;

  /** A panel's calls into the backend, for each layer and direction. */
  private static final double SECONDS_PER_CALLS = 1.4e-6;

  /** One entry of a column in one layer: activation, derivative, scaling, moments. */
  private static final double SECONDS_PER_ENTRY = 1.2e-9;

  /** The same entry's product with one of the m columns of its block. */
  private static final double SECONDS_PER_PRODUCT = 0.057e-9;

  /** Factors and products of a variant's m × m matrices, for each of m³. */
  private static final double SECONDS_PER_CUBE = 0.93e-9;

  /** What becomes of a cell's result: statistics, a row, its way into a file. */
  private static final double SECONDS_PER_ROW = 50e-6;

  /** Training's products are thin. */
  private static final double SECONDS_PER_THIN_FLOP = 1 / 150e9;

  private static final double SECONDS_PER_TRAINED_ENTRY = 1.1e-9;

  /** Deeplearning4j's time over the kernel's. */
  private static final double DEEPLEARNING4J_TIMES = 50;

  /**
   * What a unit's memory should not exceed. One panel cannot be cut: a unit that holds no more may
   * need more.
   */
  public static final double UNIT_BYTES = 256e6;

  /**
   * What a network's weights may take to be kept for the steps of an iteration; those of larger
   * networks are drawn anew in each step.
   */
  public static final double KEPT_WEIGHTS = 64e6;

  /** Most columns that a kernel puts into another order at a time. */
  private static final int COPIED_COLUMNS = 264;

  private CostModel() {}

  /** Whether the weights of the layers above the first are few enough to be kept. */
  public static boolean keepsWeights(int width, int depth) {
    return Float.BYTES * (depth - 1.0) * width * width <= KEPT_WEIGHTS;
  }

  /** Estimated seconds on one core. */
  public static double seconds(Unit unit) {
    if (unit.task() instanceof Task.Training training) {
      return SECONDS_PER_UNIT + unit.cells().size() * training(training, unit.cells().get(0));
    }
    double seconds = sharedSeconds(unit);
    for (PanelShape panel : PanelShape.of(unit)) {
      seconds += seconds(unit, (Task.Propagation) unit.task(), panel);
    }
    seconds += unit.cells().size() * SECONDS_PER_ROW;
    return seconds + WeightProbes.seconds(unit, SECONDS_PER_RANDOM, SECONDS_PER_FLOP);
  }

  /** Bytes outside the heap that a unit needs at its peak. */
  public static double bytes(Unit unit) {
    if (unit.task() instanceof Task.Training training) {
      return trainingBytes(training, unit);
    }
    double panels = 0;
    boolean backward = hasBackward(unit);
    // Weight-free and masked gradients need φ on their way down, all need φ′.
    boolean keeps =
        backward
            && (unit.sampler() == Sampler.WEIGHT_FREE
                || isMasked(unit)
                || ((Task.Propagation) unit.task()).hasOutputKernel());
    // Pre-activations and gradients are gone when weights are probed.
    double freed = Float.BYTES * width(unit) * PanelShape.of(unit).get(0).columns();
    for (PanelShape panel : PanelShape.of(unit)) {
      double perLayer = keeps ? 2.0 * panel.deepest() : panel.deepest() + 1.0;
      double gradients = backward ? panel.depths().size() : 0;
      freed += Float.BYTES * width(unit) * panel.columns() * gradients;
      // Tangents are kept where a gradient starts.
      gradients += hasTangents(unit) ? panel.depths().size() : 0;
      double bytes = Float.BYTES * width(unit) * panel.columns() * (perLayer + gradients);
      panels = together(unit.sampler(), panels, bytes);
    }
    double bytes = sharedBytes(unit) + copies(unit) + panels;
    return Math.max(bytes, bytes - freed + WeightProbes.bytes(unit));
  }

  /**
   * The part of {@link #bytes} that processors without AVX-512 alone need: a wide factor and its
   * product with their columns in another order.
   */
  public static double copies(Unit unit) {
    boolean dense = unit.sampler() == Sampler.DENSE && !(unit.task() instanceof Task.Training);
    return dense ? 2 * Float.BYTES * width(unit) * COPIED_COLUMNS : 0;
  }

  /** Bytes of panels of one unit: without weights, one goes after the other. */
  static double together(Sampler sampler, double bytes, double more) {
    return switch (sampler) {
      case DENSE -> bytes + more;
      case WEIGHT_FREE -> Math.max(bytes, more);
    };
  }

  /** The part of {@link #seconds} that does not grow with the panels: what layers draw. */
  static double sharedSeconds(Unit unit) {
    if (!(unit.task() instanceof Task.Propagation)) {
      return 0;
    }
    double n = width(unit);
    double m = PanelShape.block(unit);
    boolean backward = hasBackward(unit);
    double numbers =
        unit.sampler() == Sampler.WEIGHT_FREE
            ? n * (m + 1) + (backward ? n * m : 0)
            : n * n * (backward ? 2 : 1) * (isMasked(unit) ? 2 : 1);
    return SECONDS_PER_UNIT + numbers * deepest(unit) * SECONDS_PER_RANDOM;
  }

  /**
   * The part of {@link #bytes} that does not grow with the panels: one layer's G_l, or all layers'
   * Ĝ_l and Ξ_l, the inputs and the panel's pre-activations; under a mask the mask and its uniform
   * numbers, or the products of a panel's input pairs, in and out.
   */
  static double sharedBytes(Unit unit) {
    if (!(unit.task() instanceof Task.Propagation task)) {
      return 0;
    }
    double n = width(unit);
    double m = task.inputs().count();
    double dimension = task.inputs().dimension();
    double columns = PanelShape.of(unit).get(0).columns();
    double entries = n * columns + dimension * m;
    if (unit.sampler() == Sampler.WEIGHT_FREE) {
      // Ĝ, b and Ξ of all layers; a frame Q twice; coefficients.
      double draws = columns + 1 + (hasBackward(unit) ? columns : 0);
      entries += n * (deepest(unit) * draws + 2 * columns) + (2 * columns + 1) * columns;
    } else {
      double weights = n * (n + dimension);
      double pairs =
          task.hasGradientPairs() ? (n + Math.max(n, dimension)) * columns * (m + 1) / 2 : 0;
      double widest = n * Math.max(n, dimension);
      entries += n * (m + 2) + (isMasked(unit) ? 2 * weights + Math.max(widest, pairs) : weights);
    }
    return Float.BYTES * entries;
  }

  private static double seconds(Unit unit, Task.Propagation task, PanelShape panel) {
    double n = width(unit);
    double m = PanelShape.block(unit);
    double layers = panel.deepest() + (hasBackward(unit) ? panel.layersDown() : 0);
    double entries = n * panel.columns();
    double perLayer = SECONDS_PER_CALLS + entries * (SECONDS_PER_ENTRY + m * SECONDS_PER_PRODUCT);
    if (unit.sampler() == Sampler.WEIGHT_FREE) {
      perLayer += panel.variants() * m * m * m * SECONDS_PER_CUBE;
    } else {
      double pairs = isMasked(unit) && task.hasGradientPairs() ? (m + 1) / 2 : 0;
      perLayer += 2 * n * entries * (1 + pairs / 2) * SECONDS_PER_FLOP;
      perLayer += entries * pairs / 4 * SECONDS_PER_ENTRY;
    }
    return layers * perLayer;
  }

  private static double trainingBytes(Task.Training task, Unit unit) {
    NetworkConfig network = unit.cells().get(0).network();
    Recipe recipe = task.recipe();
    double n = network.width();
    double l = network.depth();
    DataSet data = DataSets.load(task.data());
    double weights = n * (data.dimension() + n * (l - 1) + data.classes());
    // Weights and what the optimiser keeps of them, and masks.
    double copies = (isMasked(unit) ? 2 : 1) + states(recipe.optimiser());
    boolean adam = recipe.optimiser() instanceof Optimiser.Adam;
    double gradient = adam ? n * (data.dimension() + n + data.classes()) : 0;
    int side = Math.min(unit.cells().size(), TrainingGroup.capacity(network, task));
    double passes = 2 * n * (l + 1) * recipe.batchSize();
    boolean kernels = recipe.ntkDrift() || recipe.learningRate() instanceof LearningRate.Critical;
    int examples = Math.min(recipe.ntkExamples(), recipe.batchSize());
    double seeds = kernels ? 2 * n * (l + 1) * examples * data.classes() : 0;
    // One network's passes are those of examinations.
    return Float.BYTES * (side * (copies * weights + gradient + passes) + passes + seeds);
  }

  private static int states(Optimiser optimiser) {
    if (optimiser instanceof Optimiser.Adam) {
      return 2;
    }
    return optimiser instanceof Optimiser.Sgd ? 0 : 1;
  }

  private static double training(Task.Training task, Cell cell) {
    double n = cell.network().width();
    DataSet data = DataSets.load(task.data());
    double weights = n * (data.dimension() + n * (cell.network().depth() - 1) + data.classes());
    double entries = n * cell.network().depth();
    double examples = (double) task.recipe().steps() * task.recipe().batchSize();
    double passes = 3 * examples + data.train().count() + data.test().count();
    double engine = task.recipe().engine() == Engine.KERNEL ? 1 : DEEPLEARNING4J_TIMES;
    return engine * 2 * weights * passes * SECONDS_PER_THIN_FLOP
        + entries * passes * SECONDS_PER_TRAINED_ENTRY
        + weights * SECONDS_PER_RANDOM;
  }

  private static boolean hasTangents(Unit unit) {
    return ((Task.Propagation) unit.task()).probes().contains(Probe.JACOBIAN);
  }

  private static int deepest(Unit unit) {
    return unit.cells().stream().mapToInt(cell -> cell.network().depth()).max().orElseThrow();
  }

  private static double width(Unit unit) {
    return unit.cells().get(0).network().width();
  }

  private static boolean isMasked(Unit unit) {
    return unit.cells().get(0).network().keepProbability() < 1;
  }

  private static boolean hasBackward(Unit unit) {
    return PanelShape.hasBackward((Task.Propagation) unit.task());
  }
}
