package org.phasemap.plan.cost;

import java.util.List;
import org.phasemap.data.DataSet;
import org.phasemap.data.DataSets;
import org.phasemap.kernel.Speed;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.TrainingGroup;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Variant;
import org.phasemap.spec.Engine;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;
import org.phasemap.spec.Spec.SamplerChoice;

/** Of MLPs that are trained. */
record TrainingCost(Task.Training task) implements UnitCost {
  /** Deeplearning4j's time over the kernel's. */
  static final double DEEPLEARNING4J_TIMES = 50;

  /** Networks of one shape are trained side by side. */
  private record Shape(Activation activation, int depth, int width, boolean masked) {}

  @Override
  public Sampler sampler(Cell cell, SamplerChoice choice) {
    return Sampler.DENSE;
  }

  @Override
  public Record company(Cell cell) {
    NetworkConfig network = cell.network();
    return new Shape(
        network.activation(), network.depth(), network.width(), network.keepProbability() < 1);
  }

  @Override
  public List<List<Cell>> pieces(Unit unit) {
    return List.copyOf(Variant.group(unit.cells()).values());
  }

  @Override
  public double seconds(Unit unit) {
    return SECONDS_PER_UNIT
        + rowSeconds(unit)
        + unit.cells().size() * seconds(unit.cells().get(0), speed(unit));
  }

  @Override
  public double sharedSeconds(Unit unit) {
    return 0;
  }

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
    return bytes + more;
  }

  @Override
  public double bytes(Unit unit) {
    NetworkConfig network = unit.cells().get(0).network();
    Recipe recipe = task.recipe();
    double n = network.width();
    double l = network.depth();
    DataSet data = DataSets.load(task.data());
    int outputs = recipe.loss().outputs(data);
    double weights = n * (data.dimension() + n * (l - 1) + outputs);
    // Weights and what the optimiser keeps of them, and masks.
    double copies = (network.keepProbability() < 1 ? 2 : 1) + states(recipe.optimiser());
    boolean adam = recipe.optimiser() instanceof Optimiser.Adam;
    double gradient = adam ? n * (data.dimension() + n + outputs) : 0;
    int side = Math.min(unit.cells().size(), TrainingGroup.capacity(network, task));
    double passes = 2 * n * (l + 1) * recipe.batchSize();
    boolean kernels = recipe.ntkDrift() || recipe.learningRate() instanceof LearningRate.Critical;
    int examples = Math.min(recipe.ntkExamples(), recipe.batchSize());
    double seeds = kernels ? 2 * n * (l + 1) * examples * outputs : 0;
    // One network's passes are those of examinations.
    return Float.BYTES * (side * (copies * weights + gradient + passes) + passes + seeds);
  }

  /** Numbers that an optimiser keeps for each parameter. */
  static int states(Optimiser optimiser) {
    if (optimiser instanceof Optimiser.Adam) {
      return 2;
    }
    return optimiser instanceof Optimiser.Sgd ? 0 : 1;
  }

  private double seconds(Cell cell, Speed speed) {
    double n = cell.network().width();
    DataSet data = DataSets.load(task.data());
    int outputs = task.recipe().loss().outputs(data);
    double weights = n * (data.dimension() + n * (cell.network().depth() - 1) + outputs);
    double entries = n * cell.network().depth();
    double examples = (double) task.recipe().steps() * task.recipe().batchSize();
    double passes = 3 * examples + data.train().count() + data.test().count();
    double engine = task.recipe().engine() == Engine.KERNEL ? 1 : DEEPLEARNING4J_TIMES;
    return engine * 2 * weights * passes * speed.training().perFlop()
        + entries * passes * speed.training().perEntry()
        + weights * speed.perRandom();
  }

  private static Speed speed(Unit unit) {
    return unit.backend().speed();
  }
}
