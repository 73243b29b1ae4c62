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

  /**
   * Of many small networks on a device: what 4 µs a step of 32 layers of 64 units comes to, a fifth
   * of an H200's float32. It is a count, not measured (docs/gpu.md).
   */
  private static final double DEVICE_PER_FLOP = 1 / 1.25e13;

  /**
   * Networks of one shape are trained side by side.
   *
   * @param onDevice whether devices, too, train them
   */
  private record Shape(
      Activation activation, int depth, int width, boolean masked, boolean onDevice) {}

  @Override
  public Sampler sampler(Cell cell, SamplerChoice choice) {
    return Sampler.DENSE;
  }

  @Override
  public Record company(Cell cell) {
    NetworkConfig network = cell.network();
    return new Shape(
        network.activation(),
        network.depth(),
        network.width(),
        network.keepProbability() < 1,
        TrainingShape.isOnDevice(network));
  }

  @Override
  public List<List<Cell>> pieces(Unit unit) {
    return List.copyOf(Variant.group(unit.cells()).values());
  }

  @Override
  public double seconds(Unit unit) {
    Cell cell = unit.cells().get(0);
    double each =
        TrainingShape.of(unit).isPresent()
            ? deviceSeconds(cell, speed(unit))
            : seconds(cell, speed(unit));
    return SECONDS_PER_UNIT + rowSeconds(unit) + unit.cells().size() * each;
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
    double weights = weights(network);
    // Weights and what the optimiser keeps of them, and masks.
    int masks = network.keepProbability() < 1 ? 1 : 0;
    double copies = 1 + masks + TrainingShape.states(recipe.optimiser());
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

  /** Of a unit that a device trains, and of the CPU's part: critical rates, as some steps. */
  private double deviceSeconds(Cell cell, Speed speed) {
    double weights = weights(cell.network());
    double seconds = 2 * weights * passes() * DEVICE_PER_FLOP;
    if (!(task.recipe().learningRate() instanceof LearningRate.Critical)) {
      return seconds;
    }
    DataSet data = DataSets.load(task.data());
    double columns =
        (double) Math.min(task.recipe().ntkExamples(), task.recipe().batchSize()) * data.classes();
    // Up, down, and Gram matrices of columns in float64.
    double entries = (double) cell.network().width() * cell.network().depth();
    double flops = 4 * weights * columns + 2 * entries * columns * columns;
    return seconds + flops * speed.training().perFlop() + weights * speed.perRandom();
  }

  private double weights(NetworkConfig network) {
    double n = network.width();
    DataSet data = DataSets.load(task.data());
    return n * (data.dimension() + n * (network.depth() - 1) + task.recipe().loss().outputs(data));
  }

  /** Examples that go up, as those that go down and those whose gradients are taken count. */
  private double passes() {
    DataSet data = DataSets.load(task.data());
    double examples = (double) task.recipe().steps() * task.recipe().batchSize();
    return 3 * examples + data.train().count() + data.test().count();
  }

  private double seconds(Cell cell, Speed speed) {
    double weights = weights(cell.network());
    double entries = (double) cell.network().width() * cell.network().depth();
    double passes = passes();
    double engine = task.recipe().engine() == Engine.KERNEL ? 1 : DEEPLEARNING4J_TIMES;
    return engine * 2 * weights * passes * speed.training().perFlop()
        + entries * passes * speed.training().perEntry()
        + weights * speed.perRandom();
  }

  private static Speed speed(Unit unit) {
    return unit.backend().speed();
  }
}
