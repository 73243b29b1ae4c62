package org.phasemap.plan.cost;

import org.phasemap.data.DataSet;
import org.phasemap.data.DataSets;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Engine;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Recipe;

/**
 * Of networks that a graph of layers describes, trained one at a time. Steps record nothing of
 * their layers, so that they take less than networks at initialisation of as many inputs. Seconds
 * are fitted to processor times of 49 networks on a core with AVX-512, to 13 % (root mean square of
 * the logarithm); 15 % of 20 of them by a fit to the others alone. {@code GraphTrainingCostTest}
 * has some.
 */
record GraphTrainingCost(Architecture.Layered architecture, Task.Training task)
    implements GraphUnitCost {
  /** Of a batch, however small: its examples are gathered, its loss is taken. */
  private static final double SECONDS_PER_PASS = 6.9e-6;

  private static final double SECONDS_PER_NODE = 0.62e-6;
  private static final double SECONDS_PER_ENTRY = 0.31e-9;

  /** Besides, of entries that a normalisation makes. */
  private static final double SECONDS_PER_NORMALISED = 6e-9;

  private static final double SECONDS_PER_COPIED = 105e-9;
  private static final double SECONDS_PER_LOGIT = 29e-9;
  private static final double SECONDS_PER_PATCH = 1.2e-9;

  /** Besides, of values beside their derivatives. */
  private static final double SECONDS_PER_JET = 4.1e-9;

  /** What the optimiser does. */
  private static final double SECONDS_PER_WEIGHT = 3.1e-9;

  /** Of what it keeps of a weight, such as Adam's two means. */
  private static final double SECONDS_PER_STATE = 2.5e-9;

  /** Of weights that are functions of others, with their gradients: they are made in each step. */
  private static final double SECONDS_PER_RULED_WEIGHT = 37e-9;

  /** And of those whose largest singular value is looked for, up to some hundred units. */
  private static final double SECONDS_PER_SPECTRAL_WEIGHT = 122e-9;

  /** Networks of one graph. */
  private record Shape(Architecture architecture, int depth, int width) {}

  @Override
  public Record company(Cell cell) {
    NetworkConfig network = cell.network();
    return new Shape(network.architecture(), network.depth(), network.width());
  }

  @Override
  public double seconds(Unit unit) {
    return SECONDS_PER_UNIT + rowSeconds(unit) + unit.cells().size() * ofNetwork(unit);
  }

  private double ofNetwork(Unit unit) {
    Recipe recipe = task.recipe();
    DataSet data = DataSets.load(task.data());
    GraphCount count = count(unit);
    double engine = recipe.engine() == Engine.KERNEL ? 1 : TrainingCost.DEEPLEARNING4J_TIMES;
    double steps = engine * recipe.steps() * (1 + GraphCost.BACKWARD);
    double evaluations = (data.train().count() + data.test().count()) / (double) recipe.batchSize();
    double kernels = kernels() * rows(data) * GraphCost.BACKWARD;
    double ofWeights =
        (SECONDS_PER_WEIGHT + TrainingShape.states(recipe.optimiser()) * SECONDS_PER_STATE)
                * count.weights()
            + SECONDS_PER_RULED_WEIGHT * count.ruled()
            + SECONDS_PER_SPECTRAL_WEIGHT * count.spectral();
    return (steps + evaluations + kernels) * pass(count, unit) + recipe.steps() * ofWeights;
  }

  /** Seconds of a batch on its way up. */
  private double pass(GraphCount count, Unit unit) {
    return SECONDS_PER_PASS
        + SECONDS_PER_NODE * count.nodes()
        + (SECONDS_PER_ENTRY + (solves() ? SECONDS_PER_JET : 0)) * count.entries()
        + SECONDS_PER_NORMALISED * count.normalised()
        + SECONDS_PER_COPIED * count.copied()
        + SECONDS_PER_LOGIT * count.logits()
        + SECONDS_PER_PATCH * count.patches()
        + 2 * unit.backend().speed().perFlop() * count.products();
  }

  /** Tangent kernels of a network that are measured. */
  private int kernels() {
    if (task.recipe().ntkDrift()) {
      return 2;
    }
    return task.recipe().learningRate() instanceof LearningRate.Critical ? 1 : 0;
  }

  /** Of a tangent kernel: each output of each example. */
  private double rows(DataSet data) {
    Recipe recipe = task.recipe();
    return Math.min(recipe.ntkExamples(), recipe.batchSize())
        * (double) recipe.loss().outputs(data);
  }

  /**
   * Weights with their gradients and what the optimiser keeps of them, every node's numbers and
   * gradients, in training and in examinations, patches, transforms up and down, and gradients of
   * tangent kernels.
   */
  @Override
  public double bytes(Unit unit) {
    GraphCount count = count(unit);
    DataSet data = DataSets.load(task.data());
    double masks = unit.cells().get(0).network().keepProbability() < 1 ? 1 : 0;
    double copies = 3 + masks + TrainingShape.states(task.recipe().optimiser());
    double gradients = kernels() > 0 ? rows(data) * (count.weights() + rows(data)) : 0;
    return Float.BYTES
        * (copies * count.weights()
            + 4 * count.entries()
            + 2 * count.tiles()
            + 4 * count.transforms()
            + gradients);
  }

  private GraphCount count(Unit unit) {
    NetworkConfig network = unit.cells().get(0).network();
    LayerGraph graph =
        architecture.graph(
            network.depth(), network.width(), DataSets.load(task.data()).dimension());
    return GraphCount.of(solves() ? graph.jets() : graph, task.recipe().batchSize());
  }

  private boolean solves() {
    return architecture.equation().isPresent();
  }
}
