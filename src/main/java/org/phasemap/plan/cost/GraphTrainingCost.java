package org.phasemap.plan.cost;

import java.util.List;
import org.phasemap.data.DataSet;
import org.phasemap.data.DataSets;
import org.phasemap.kernel.Speed;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Engine;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Recipe;
import org.phasemap.spec.Spec.SamplerChoice;

/** Of networks that a graph of layers describes, trained one at a time. */
record GraphTrainingCost(Architecture.Layered architecture, Task.Training task)
    implements UnitCost {
  /** Networks of one graph. */
  private record Shape(Architecture architecture, int depth, int width) {}

  @Override
  public Sampler sampler(Cell cell, SamplerChoice choice) {
    return Sampler.DENSE;
  }

  @Override
  public Record company(Cell cell) {
    NetworkConfig network = cell.network();
    return new Shape(network.architecture(), network.depth(), network.width());
  }

  @Override
  public List<List<Cell>> pieces(Unit unit) {
    return unit.cells().stream().map(List::of).toList();
  }

  @Override
  public double seconds(Unit unit) {
    return SECONDS_PER_UNIT
        + unit.cells().size() * seconds(count(unit), unit.backend().speed());
  }

  private double seconds(GraphCount count, Speed speed) {
    Recipe recipe = task.recipe();
    DataSet data = DataSets.load(task.data());
    double examples = (double) recipe.steps() * recipe.batchSize();
    double kernels = kernelExamples(data);
    double passes = 3 * (examples + kernels) + data.train().count() + data.test().count();
    double engine =
        recipe.engine() == Engine.KERNEL ? 1 : TrainingCost.DEEPLEARNING4J_TIMES;
    return passes
            * (engine * 2 * count.products() * speed.training().perFlop()
                + count.entries() * speed.training().perEntry())
        + count.weights() * speed.perRandom();
  }

  /** Examples that go down for tangent kernels: all of them for each output of each. */
  private double kernelExamples(DataSet data) {
    Recipe recipe = task.recipe();
    boolean critical = recipe.learningRate() instanceof LearningRate.Critical;
    double kernels = (recipe.ntkDrift() ? 2 : 0) + (critical && !recipe.ntkDrift() ? 1 : 0);
    double examples = Math.min(recipe.ntkExamples(), recipe.batchSize());
    return kernels * examples * examples * data.classes();
  }

  /**
   * Weights with their gradients and what the optimiser keeps of them, every node's numbers and
   * gradients, in training and in examinations, patches, and gradients of tangent kernels.
   */
  @Override
  public double bytes(Unit unit) {
    GraphCount count = count(unit);
    Recipe recipe = task.recipe();
    DataSet data = DataSets.load(task.data());
    double masks = unit.cells().get(0).network().keepProbability() < 1 ? 1 : 0;
    double copies = 3 + masks + TrainingCost.states(recipe.optimiser());
    double nodes = 4 * count.entries() * recipe.batchSize();
    double rows = Math.min(recipe.ntkExamples(), recipe.batchSize()) * (double) data.classes();
    double gradients = kernelExamples(data) > 0 ? rows * (count.weights() + rows) : 0;
    return Float.BYTES * (copies * count.weights() + nodes + 2 * count.largestPatch() + gradients);
  }

  @Override
  public double sharedSeconds(Unit unit) {
    return SECONDS_PER_UNIT;
  }

  /** One network is trained after the other. */
  @Override
  public double sharedBytes(Unit unit) {
    return 0;
  }

  @Override
  public double copies(Unit unit) {
    return 0;
  }

  @Override
  public double together(Unit unit, double bytes, double more) {
    return Math.max(bytes, more);
  }

  private GraphCount count(Unit unit) {
    NetworkConfig network = unit.cells().get(0).network();
    return GraphCount.of(
        architecture.graph(
            network.depth(), network.width(), DataSets.load(task.data()).dimension()));
  }
}
